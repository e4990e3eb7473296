#pragma once

/// Marks a function that every call over the network passes. Compilers put such functions side by
/// side (section .text.hot): between two calls the kernel and the peer use up the caches, so a call
/// pays for each line and page of code that it touches. docs/performance.md says how much that is.
#if defined(__GNUC__)
#define CORBEL_HOT [[gnu::hot]]
#else
#define CORBEL_HOT
#endif
