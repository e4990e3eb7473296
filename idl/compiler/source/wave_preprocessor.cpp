// The only file that includes Boost.Wave: it is slow to compile, and what it does not forgive
// (asserts, exceptions on bad input) must not get past here.
#define BOOST_ENABLE_ASSERT_HANDLER
#include <stdexcept>

namespace boost {
inline void assertion_failed(char const* expression, char const*, char const*, long) {
  throw std::logic_error(expression);
}
inline void assertion_failed_msg(char const*, char const* message, char const*, char const*, long) {
  throw std::logic_error(message);
}
}  // namespace boost

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#endif
#include <boost/wave.hpp>
#include <boost/wave/cpplexer/cpp_lex_iterator.hpp>
#include <boost/wave/cpplexer/cpp_lex_token.hpp>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

#include <algorithm>
#include <type_traits>
#include <utility>

#include "idl/compiler/source/comment_stripper.hpp"
#include "idl/compiler/source/preprocessor.hpp"
#include "idl/compiler/source/token_collector.hpp"

namespace corbel::idl {
namespace {

namespace wave = boost::wave;

// The preprocessor's own messages speak of its severities and its pragmas.
std::string in_our_words(std::string message) {
  static constexpr std::pair<std::string_view, std::string_view> kBetter[] = {
      {"fatal error: ", ""},
      {"error: ", ""},
      {"warning: ", ""},
      {"encountered #error directive or #pragma wave stop(): ", "#error "},
      {"encountered #warning directive: ", "#warning "},
      {"ill formed", "malformed"},
      {"empty macro arguments are not supported in pure C++ mode, use variadics mode to allow "
       "these",
       "empty arguments of macros are not supported"},
      {"improperly terminated macro invocation or replacement-list terminates in partial macro "
       "expansion (not supported yet): missing ')'",
       "expected ')' to end the arguments of the macro"},
  };
  for (const auto& [theirs, ours] : kBetter) {
    const auto at = message.find(theirs);
    if (at != std::string::npos) message.replace(at, theirs.size(), ours);
  }
  message.erase(message.find_last_not_of(' ') + 1);
  return message;
}

template <typename WavePosition>
TokenCollector::Position position_of(const WavePosition& position) {
  const auto column = static_cast<std::uint32_t>(position.get_column());
  return {position.get_file().c_str(), static_cast<std::uint32_t>(position.get_line()),
          column == 0 ? 1 : column};
}

struct Hooks : wave::context_policies::default_preprocessing_hooks {
  /// Thrown where the preprocessor cannot go on; the error is already reported.
  struct Stop {};

  explicit Hooks(TokenCollector& its_collector) : collector(&its_collector) {}

  template <typename Context, typename Token, typename Tokens, typename Iterator>
  bool expanding_function_like_macro(const Context&, const Token&, const std::vector<Token>&,
                                     const Tokens& definition, const Token& call,
                                     const std::vector<Tokens>&, const Iterator&, const Iterator&) {
    collector->begin_expansion(position_of(call.get_position()), definition.size());
    return false;
  }
  template <typename Context, typename Token, typename Tokens>
  bool expanding_object_like_macro(const Context&, const Token&, const Tokens& definition,
                                   const Token& call) {
    collector->begin_expansion(position_of(call.get_position()), definition.size());
    return false;
  }
  template <typename Context, typename Tokens>
  void rescanned_macro(const Context& context, const Tokens& result) {
    const bool is_outermost = collector->end_expansion();
    // The preprocessor would look at the first character of this name for a file.
    if (is_outermost && is_in_include && is_blank(result)) {
      const auto line = static_cast<std::uint32_t>(context.get_main_pos().get_line());
      collector->reporter().error({&collector->current_file(), line, 1}, kNoFileName);
      throw Stop{};
    }
  }
  template <typename Tokens>
  static bool is_blank(const Tokens& tokens) {
    return std::all_of(tokens.begin(), tokens.end(), [](const auto& token) {
      return IS_CATEGORY(token, wave::WhiteSpaceTokenType) || token.get_value().empty();
    });
  }

  template <typename Context, typename Token>
  bool found_directive(const Context&, const Token& directive) {
    const auto id = wave::token_id(directive);
    collector->set_in_condition(id == wave::T_PP_IF || id == wave::T_PP_ELIF);
    is_in_include = id == wave::T_PP_INCLUDE;
    return false;
  }
  template <typename Context, typename Token, typename Tokens>
  bool evaluated_conditional_expression(const Context&, const Token&, const Tokens&, bool) {
    collector->set_in_condition(false);
    return false;
  }

  template <typename Context>
  bool locate_include_file(Context& context, std::string& file_path, bool is_system, const char*,
                           std::string& dir_path, std::string& native_name) {
    const auto line = static_cast<std::uint32_t>(context.get_main_pos().get_line());
    is_in_include = false;
    const SourceText* found = collector->locate(file_path, is_system, line);
    if (found == nullptr) return false;
    native_name = dir_path = file_path = found->file->path;
    return true;
  }
  template <typename Context>
  void opened_include_file(const Context&, const std::string&, const std::string&, bool) {
    collector->enter();
  }
  template <typename Context>
  void returning_from_include_file(const Context&) {
    collector->leave();
  }

  // After an error the preprocessor goes on if this returns. It would try a malformed operator
  // `defined` for ever.
  template <typename Context, typename Exception>
  void throw_exception(const Context&, const Exception& exception) {
    is_in_include = false;
    report(exception);
    const std::string_view what = exception.description();
    if (!exception.is_recoverable() || what.find("defined()") != std::string_view::npos ||
        collector->reporter().diagnostics().is_full() || is_lost(exception)) {
      throw Stop{};
    }
  }

  // Behind the end of a file there is nothing but more errors.
  template <typename Exception>
  bool is_lost(const Exception& exception) const {
    return collector->is_current(exception.file_name()) &&
           !collector->has_line(static_cast<std::size_t>(exception.line_no()));
  }

  template <typename Exception>
  void report(const Exception& exception) {
    if constexpr (std::is_base_of_v<wave::preprocess_exception, Exception>) {
      // A file that was not found is already reported, in more words.
      const int code = exception.get_errorcode();
      if (code == Exception::bad_include_file) return;
    }
    Location where{&collector->current_file(), static_cast<std::uint32_t>(exception.line_no()),
                   static_cast<std::uint32_t>(exception.column_no())};
    if (where.column == 0) where.column = 1;
    if (!collector->is_current(exception.file_name())) {
      where = {where.file, collector->include_line(), 1};
    }
    std::string message = in_our_words(undisguise(exception.description()));
    if constexpr (std::is_base_of_v<wave::preprocess_exception, Exception>) {
      if (exception.get_errorcode() == Exception::bad_include_statement) {
        where.column = 1;
        message = kNoFileName;
      }
    }
    const int severity = exception.get_severity();
    if (severity <= wave::util::severity_warning && exception.is_recoverable() &&
        !is_wrong_call(exception)) {
      collector->reporter().warning(where, std::move(message));
    } else {
      collector->reporter().error(where, std::move(message));
    }
  }

  // The preprocessor only warns of these, although it leaves the macro as it is.
  template <typename Exception>
  static bool is_wrong_call(const Exception& exception) {
    if constexpr (std::is_base_of_v<wave::preprocess_exception, Exception>) {
      const int code = exception.get_errorcode();
      return code == Exception::too_few_macroarguments ||
             code == Exception::too_many_macroarguments;
    }
    return false;
  }

  TokenCollector* collector;
  /// Between #include and the name of the file.
  bool is_in_include = false;
};

/// Hands the cleaned text of a located file to the preprocessor.
struct CleanedInput {
  template <typename IterationContext>
  class inner {
   public:
    template <typename Position>
    static void init_iterators(IterationContext& context, const Position&,
                               wave::language_support language) {
      using Iterator = typename IterationContext::iterator_type;
      const std::string& text = context.ctx.get_hooks().collector->located().cleaned;
      context.first = Iterator(text.begin(), text.end(), Position(context.filename), language);
      context.last = Iterator();
    }
  };
};

using Token = wave::cpplexer::lex_token<>;
using Context = wave::context<std::string::const_iterator, wave::cpplexer::lex_iterator<Token>,
                              CleanedInput, Hooks>;

void define_macros(Context& context, const Options& options, Reporter& reporter) {
  context.add_macro_definition("__CORBEL_IDL__=1", true);
  // Debian's copies of the OMG's files ask for it where they need escaped identifiers.
  context.add_macro_definition("__OMNIIDL__=0x2630", true);
  for (const MacroDefinition& macro : options.macros) {
    try {
      // A definition is one line without comments, as it would be in a file.
      std::string line = strip_comments(macro.name + "=" + macro.value).text;
      std::replace(line.begin(), line.end(), '\n', ' ');
      context.add_macro_definition(line);
    } catch (const std::exception&) {
      reporter.error({}, "cannot define the macro '" + macro.name + "'");
    } catch (const Hooks::Stop&) {
    }
  }
}

void collect_tokens(Context& context, TokenCollector& collector) {
  auto token = context.begin();
  const auto end = context.end();
  while (token != end && !collector.reporter().diagnostics().is_full()) {
    const auto id = wave::token_id(*token);
    if (!IS_CATEGORY(id, wave::WhiteSpaceTokenType) && !IS_CATEGORY(id, wave::EOLTokenType) &&
        !IS_CATEGORY(id, wave::EOFTokenType)) {
      collector.take(token->get_value().c_str(), position_of(token->get_position()));
    }
    ++token;
  }
}

}  // namespace

std::vector<RawToken> preprocess(const Options& options, SourceText& main, SourceSet& sources,
                                 Reporter& reporter) {
  TokenCollector collector(options, main, sources, reporter);
  try {
    const std::string& path = main.file->path;
    collector.set_main_name(wave::util::complete_path(wave::util::create_path(path)).string());
    Context context(main.cleaned.cbegin(), main.cleaned.cend(), path.c_str(), Hooks(collector));
    // The macros of C99, for IDL is no C++; but not its language: its operator _Pragma, a fine name
    // in IDL, makes the preprocessor stumble.
    context.set_language(wave::support_c99);
    context.set_language(
        static_cast<wave::language_support>(wave::support_cpp | wave::support_option_long_long |
                                            wave::support_option_prefer_pp_numbers |
                                            wave::support_option_include_guard_detection |
                                            wave::support_option_single_line),
        false);
    define_macros(context, options, reporter);
    collect_tokens(context, collector);
  } catch (const LimitExceeded& limit) {
    reporter.error(limit.where, limit.message);
  } catch (const Hooks::Stop&) {
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& failure) {
    reporter.error({main.file, 0, 0}, std::string("the preprocessor failed: ") + failure.what());
  }
  return collector.release();
}

}  // namespace corbel::idl
