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

#include <type_traits>
#include <utility>

#include "idl/compiler/source/include_tracker.hpp"
#include "idl/compiler/source/preprocessor.hpp"

namespace corbel::idl {
namespace {

namespace wave = boost::wave;

constexpr std::size_t kMaxTokens = 2'000'000;
constexpr std::size_t kMaxExpansions = 100'000;
constexpr std::size_t kMaxExpandedTokens = 2'000'000;
constexpr std::size_t kMaxExpansionDepth = 100;
constexpr std::size_t kMaxConditionTokens = 1000;

/// What the hooks and the token loop share.
class Run {
 public:
  Run(const Options& options, SourceSet& sources, Reporter& reporter)
      : includes(options, sources, reporter), reporter_(reporter) {}

  // The preprocessor makes the main file's path absolute.
  bool is_current(std::string_view name) {
    const std::string& path = includes.current().file->path;
    return name == path || (resume_.empty() && name == main_name);
  }

  template <typename Position>
  Location place(const Position& position) {
    SourceText& text = includes.current();
    const auto line = static_cast<std::uint32_t>(position.get_line());
    const auto column = static_cast<std::uint32_t>(position.get_column());
    if (!is_current(position.get_file().c_str())) return {text.file, last_line_, 1};
    return {text.file, line, column == 0 ? 1 : column};
  }

  // A token from a macro's body carries the place of the #define, which lies before its use or in
  // another file. It is shown where the macro is used.
  template <typename Position>
  Location visible_place(const Position& position) {
    SourceText& text = includes.current();
    const auto line = static_cast<std::uint32_t>(position.get_line());
    const auto column = static_cast<std::uint32_t>(position.get_column());
    const bool here = is_current(position.get_file().c_str());
    if (!here || std::pair(line, column) <= std::pair(last_line_, last_column_)) {
      return macro_call_.file == text.file ? macro_call_ : Location{text.file, last_line_, 1};
    }
    last_line_ = line;
    last_column_ = column;
    return {text.file, line, column};
  }

  template <typename Token, typename Tokens>
  void expanding(const Token& call, const Tokens& definition) {
    if (depth_ == 0) macro_call_ = place(call.get_position());
    expanded_tokens_ += definition.size();
    if (++depth_ > kMaxExpansionDepth || ++expansions_ > kMaxExpansions ||
        expanded_tokens_ > kMaxExpandedTokens) {
      throw LimitExceeded{macro_call_, "this macro expands to too much"};
    }
    if (in_condition_ && (condition_tokens_ += definition.size()) > kMaxConditionTokens) {
      throw LimitExceeded{macro_call_, "the macros in this condition expand to too much"};
    }
  }
  void expanded() {
    if (depth_ != 0) --depth_;
  }
  void condition(bool begins) {
    in_condition_ = begins;
    condition_tokens_ = 0;
    depth_ = 0;
  }

  void enter(SourceText& text) {
    resume_.emplace_back(last_line_, last_column_);
    includes.enter(text);
    last_line_ = last_column_ = 0;
    tokens.push_back({RawToken::Kind::kEnterFile, {}, {text.file, 1, 1}});
  }
  void leave() {
    includes.leave();
    std::tie(last_line_, last_column_) = resume_.back();
    resume_.pop_back();
    tokens.push_back({RawToken::Kind::kLeaveFile, {}, {includes.current().file, include_line, 1}});
  }

  void take(std::string text, const Location& where) {
    depth_ = 0;
    if (tokens.size() >= kMaxTokens) {
      throw LimitExceeded{where, "the file and its includes have more than 2000000 tokens"};
    }
    const PutAside::Item* item = includes.aside().find(text);
    if (item == nullptr) {
      tokens.push_back({RawToken::Kind::kText, std::move(text), where});
    } else if (item->kind == PutAside::Kind::kPragma) {
      tokens.push_back({RawToken::Kind::kPragma, item->text, where});
    } else {
      reporter_.error({where.file, where.line, 1}, item->text);
    }
  }

  Reporter& reporter() { return reporter_; }

  IncludeTracker includes;
  std::string main_name;
  std::vector<RawToken> tokens;
  SourceText* located = nullptr;
  std::uint32_t include_line = 1;

 private:
  Reporter& reporter_;
  Location macro_call_;
  std::uint32_t last_line_ = 0;
  std::uint32_t last_column_ = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> resume_;
  std::size_t depth_ = 0;
  std::size_t expansions_ = 0;
  std::size_t expanded_tokens_ = 0;
  bool in_condition_ = false;
  std::size_t condition_tokens_ = 0;
};

// The preprocessor's own messages speak of its severities and its pragmas.
std::string in_our_words(std::string message) {
  static constexpr std::pair<std::string_view, std::string_view> kBetter[] = {
      {"fatal error: ", ""},
      {"error: ", ""},
      {"warning: ", ""},
      {"encountered #error directive or #pragma wave stop(): ", "#error "},
      {"encountered #warning directive: ", "#warning "},
      {"ill formed", "malformed"},
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

struct Hooks : wave::context_policies::default_preprocessing_hooks {
  explicit Hooks(Run& its_run) : run(&its_run) {}

  template <typename Context, typename Token, typename Tokens, typename Iterator>
  bool expanding_function_like_macro(const Context&, const Token&, const std::vector<Token>&,
                                     const Tokens& definition, const Token& call,
                                     const std::vector<Tokens>&, const Iterator&, const Iterator&) {
    run->expanding(call, definition);
    return false;
  }
  template <typename Context, typename Token, typename Tokens>
  bool expanding_object_like_macro(const Context&, const Token&, const Tokens& definition,
                                   const Token& call) {
    run->expanding(call, definition);
    return false;
  }
  template <typename Context, typename Tokens>
  void rescanned_macro(const Context&, const Tokens&) {
    run->expanded();
  }

  template <typename Context, typename Token>
  bool found_directive(const Context&, const Token& directive) {
    const auto id = wave::token_id(directive);
    run->condition(id == wave::T_PP_IF || id == wave::T_PP_ELIF);
    return false;
  }
  template <typename Context, typename Token, typename Tokens>
  bool evaluated_conditional_expression(const Context&, const Token&, const Tokens&, bool) {
    run->condition(false);
    return false;
  }

  template <typename Context>
  bool locate_include_file(Context& context, std::string& file_path, bool is_system, const char*,
                           std::string& dir_path, std::string& native_name) {
    run->include_line = static_cast<std::uint32_t>(context.get_main_pos().get_line());
    run->located = run->includes.locate(file_path, is_system, run->include_line);
    if (run->located == nullptr) return false;
    native_name = dir_path = file_path = run->located->file->path;
    return true;
  }
  template <typename Context>
  void opened_include_file(const Context&, const std::string&, const std::string&, bool) {
    run->enter(*run->located);
  }
  template <typename Context>
  void returning_from_include_file(const Context&) {
    run->leave();
  }

  template <typename Context, typename Exception>
  void throw_exception(const Context&, const Exception& exception) {
    report(exception);
    if (!exception.is_recoverable()) throw Stop{};
  }

  /// The preprocessor cannot go on; the error is already reported.
  struct Stop {};

  template <typename Exception>
  void report(const Exception& exception) {
    const int severity = exception.get_severity();
    if constexpr (std::is_base_of_v<wave::preprocess_exception, Exception>) {
      // A file that was not found is already reported, in more words.
      const int code = exception.get_errorcode();
      if (code == Exception::bad_include_file || code == Exception::last_line_not_terminated)
        return;
    }
    Location where{
        run->includes.current().file, static_cast<std::uint32_t>(exception.line_no()),
        static_cast<std::uint32_t>(exception.column_no() == 0 ? 1 : exception.column_no())};
    if (!run->is_current(exception.file_name())) where = {where.file, run->include_line, 1};
    std::string message = in_our_words(exception.description());
    if (severity == wave::util::severity_warning || severity == wave::util::severity_remark) {
      run->reporter().warning(where, std::move(message));
    } else {
      run->reporter().error(where, std::move(message));
    }
  }

  Run* run;
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
      const std::string& text = context.ctx.get_hooks().run->located->cleaned;
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
      context.add_macro_definition(macro.name + "=" + macro.value);
    } catch (const std::exception&) {
      reporter.error({}, "cannot define the macro '" + macro.name + "'");
    } catch (const Hooks::Stop&) {
    }
  }
}

void collect_tokens(Context& context, Run& run) {
  auto token = context.begin();
  const auto end = context.end();
  while (token != end && !run.reporter().diagnostics().is_full()) {
    const auto id = wave::token_id(*token);
    if (!IS_CATEGORY(id, wave::WhiteSpaceTokenType) && !IS_CATEGORY(id, wave::EOLTokenType) &&
        !IS_CATEGORY(id, wave::EOFTokenType)) {
      run.take(token->get_value().c_str(), run.visible_place(token->get_position()));
    }
    ++token;
  }
}

}  // namespace

std::vector<RawToken> preprocess(const Options& options, SourceText& main, SourceSet& sources,
                                 Reporter& reporter) {
  Run run(options, sources, reporter);
  run.includes.begin(main);
  run.includes.prepare(main);
  try {
    const std::string& path = main.file->path;
    run.main_name = wave::util::complete_path(wave::util::create_path(path)).string();
    Context context(main.cleaned.cbegin(), main.cleaned.cend(), path.c_str(), Hooks(run));
    context.set_language(static_cast<wave::language_support>(
        wave::support_c99 | wave::support_option_prefer_pp_numbers |
        wave::support_option_variadics | wave::support_option_include_guard_detection |
        wave::support_option_single_line));
    define_macros(context, options, reporter);
    collect_tokens(context, run);
  } catch (const LimitExceeded& limit) {
    reporter.error(limit.where, limit.message);
  } catch (const Hooks::Stop&) {
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& failure) {
    reporter.error({main.file, 0, 0}, std::string("the preprocessor failed: ") + failure.what());
  }
  return std::move(run.tokens);
}

}  // namespace corbel::idl
