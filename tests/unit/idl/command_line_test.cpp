#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/unit/idl/support.hpp"

namespace corbel::idl::test {
namespace {

namespace fs = std::filesystem;

struct Ended {
  int status = -1;
  std::string output;
  std::string errors;
};

class CorbelIdl : public ::testing::Test {
 protected:
  Ended run(const std::string& arguments) const {
    const std::string command = "cd '" + folder_.path() + "' && '" CORBEL_IDL_PROGRAM "' " +
                                arguments + " >stdout.txt 2>stderr.txt";
    const int status = std::system(command.c_str());
    return {WEXITSTATUS(status), read_file(folder_.path("stdout.txt")),
            read_file(folder_.path("stderr.txt"))};
  }

  bool exists(const std::string& name) const { return fs::exists(folder_.path(name)); }

  const TemporaryFolder folder_;
};

TEST_F(CorbelIdl, TellsItsVersionAndItsOptions) {
  const Ended version = run("--version");
  const Ended help = run("--help");

  EXPECT_EQ(version.status, 0);
  EXPECT_TRUE(version.output.starts_with("corbel-idl ")) << version.output;
  EXPECT_EQ(help.status, 0);
  for (const char* option : {"-I", "-D", "-o", "--check", "--version", "--help"}) {
    EXPECT_NE(help.output.find(option), std::string::npos) << option;
  }
}

TEST_F(CorbelIdl, ChecksWithoutWriting) {
  folder_.write("good.idl", "interface Good {};\n");

  const Ended checked = run("--check -o out good.idl");

  EXPECT_EQ(checked.status, 0) << checked.errors;
  EXPECT_EQ(checked.errors, "");
  EXPECT_FALSE(exists("out"));
}

TEST_F(CorbelIdl, WritesAHeaderAndASourceForEachFile) {
  folder_.write("one.idl", "interface One {};\n");
  folder_.write("two.idl", "#include \"one.idl\"\ninterface Two : One {};\n");

  const Ended compiled = run("-o deep/out one.idl two.idl");

  EXPECT_EQ(compiled.status, 0) << compiled.errors;
  for (const char* name : {"one.idl.hpp", "one.idl.cpp", "two.idl.hpp", "two.idl.cpp"}) {
    EXPECT_TRUE(exists(std::string("deep/out/") + name)) << name;
  }
}

TEST_F(CorbelIdl, WritesNothingIfOneFileIsWrong) {
  folder_.write("good.idl", "interface Good {};\n");
  folder_.write("bad.idl", "interface Bad { Missing f(); };\n");

  const Ended compiled = run("-o . good.idl bad.idl");

  EXPECT_EQ(compiled.status, 1);
  EXPECT_NE(compiled.errors.find("bad.idl:1:17: error: undefined name 'Missing'"),
            std::string::npos)
      << compiled.errors;
  EXPECT_FALSE(exists("good.idl.hpp"));
  EXPECT_FALSE(exists("bad.idl.hpp"));
}

TEST_F(CorbelIdl, PassesMacrosAndFoldersOn) {
  folder_.write("lib/part.idl", "typedef TYPE Part;\n");
  folder_.write("main.idl", "#ifdef FLAG\n#include <part.idl>\n#endif\nstruct S { Part q; };\n");

  EXPECT_EQ(run("--check -Ilib -DFLAG -DTYPE=long main.idl").status, 0);
  EXPECT_EQ(run("--check -I lib -D FLAG -D 'TYPE=sequence<long>' main.idl").status, 0);
  EXPECT_EQ(run("--check -I lib main.idl").status, 1);
}

TEST_F(CorbelIdl, SaysWhatIsWrongWithTheCommandLine) {
  folder_.write("good.idl", "interface Good {};\n");

  EXPECT_EQ(run("").status, 2);
  EXPECT_EQ(run("good.idl").status, 2);
  EXPECT_EQ(run("--unknown good.idl").status, 2);
  EXPECT_EQ(run("--check absent.idl").status, 1);
}

TEST_F(CorbelIdl, RefusesTwoFilesThatWouldBeWrittenOverEachOther) {
  folder_.write("a/same.idl", "interface A {};\n");
  folder_.write("b/same.idl", "interface B {};\n");

  const Ended compiled = run("-o . a/same.idl b/same.idl");

  EXPECT_EQ(compiled.status, 1);
  EXPECT_EQ(compiled.errors,
            "corbel-idl: error: both a/same.idl and b/same.idl would be compiled to same.idl.hpp; "
            "compile them into different folders\n");
}

TEST_F(CorbelIdl, RefusesToIncludeTwoFilesWhoseHeadersHaveOneName) {
  folder_.write("b/x.idl", "typedef long B;\n");
  folder_.write("a/x.idl", "typedef long A;\n");
  folder_.write("a/w.idl", "#include \"../b/x.idl\"\n#include \"x.idl\"\ntypedef A W;\n");
  folder_.write("b/w.idl", "#include \"../a/w.idl\"\n");

  const Ended compiled = run("-o out a/w.idl");
  const Ended own = run("-o out b/w.idl");

  EXPECT_EQ(compiled.status, 1);
  EXPECT_TRUE(
      compiled.errors.starts_with("a/w.idl:2:1: error: the C++ of 'b/x.idl' and that of "
                                  "'a/x.idl' would both be x.idl.hpp"))
      << compiled.errors;
  EXPECT_TRUE(own.errors.starts_with("b/w.idl:1:1: error: the C++ of")) << own.errors;
  EXPECT_FALSE(exists("out"));
}

TEST_F(CorbelIdl, IncludesPartsOfOneNameIntoModules) {
  folder_.write("a/part.idl", "typedef long A;\n");
  folder_.write("b/part.idl", "typedef long B;\n");
  folder_.write("w.idl", "module M {\n#include \"a/part.idl\"\n#include \"b/part.idl\"\n};\n");

  const Ended compiled = run("-o out w.idl");

  EXPECT_EQ(compiled.status, 0) << compiled.errors;
}

TEST_F(CorbelIdl, CompilesAFileOnceThatIsNamedTwice) {
  folder_.write("one.idl", "interface One {};\n");

  const Ended compiled = run("-o out one.idl ./one.idl '" + folder_.path("one.idl") + "'");

  EXPECT_EQ(compiled.status, 0) << compiled.errors;
  EXPECT_EQ(compiled.errors, "");
  EXPECT_TRUE(exists("out/one.idl.hpp"));
}

TEST_F(CorbelIdl, SaysWhyItCannotWrite) {
  folder_.write("one.idl", "interface One {};\n");
  folder_.write("file", "");
  fs::create_directories(folder_.path("out/one.idl.cpp"));

  EXPECT_EQ(run("-o file one.idl").errors,
            "corbel-idl: error: cannot write file/one.idl.hpp: Not a directory\n");
  EXPECT_EQ(run("-o out one.idl").errors,
            "corbel-idl: error: cannot write out/one.idl.cpp: Is a directory\n");
  EXPECT_FALSE(exists("out/one.idl.hpp"));
}

TEST_F(CorbelIdl, WritesNothingIfTheDependencyFileCannotBeWritten) {
  folder_.write("one.idl", "interface One {};\n");
  folder_.write("file", "");

  const Ended compiled = run("-o out/deep --depfile file/one.d one.idl");

  EXPECT_EQ(compiled.status, 1);
  EXPECT_EQ(compiled.errors, "corbel-idl: error: cannot write file/one.d: Not a directory\n");
  EXPECT_FALSE(exists("out"));
}

TEST_F(CorbelIdl, RemovesWhatItWroteIfALaterFileFails) {
  folder_.write("one.idl", "interface One {};\n");

  // The source file cannot take the name of a folder that the dependency file needs.
  const Ended compiled = run("-o out --depfile out/one.idl.cpp/one.d one.idl");

  EXPECT_EQ(compiled.status, 1);
  EXPECT_FALSE(exists("out")) << compiled.errors;
}

TEST_F(CorbelIdl, WritesDependenciesIntoAFileOrADevice) {
  folder_.write("one.idl", "interface One {};\n");

  EXPECT_EQ(run("-o out --depfile out/one.d one.idl").status, 0);
  EXPECT_EQ(run("-o out --depfile /dev/stdout one.idl").status, 0);
  EXPECT_EQ(run("--check --depfile checked.d one.idl").status, 0);

  EXPECT_NE(read_file(folder_.path("out/one.d")).find("one.idl.cpp: "), std::string::npos);
  EXPECT_FALSE(exists("checked.d"));
}

TEST_F(CorbelIdl, LeavesFilesAloneThatAreUpToDate) {
  folder_.write("one.idl", "interface One {};\n");
  ASSERT_EQ(run("-o . one.idl").status, 0);
  const auto old = fs::last_write_time(folder_.path("one.idl.hpp")) - std::chrono::hours(1);
  fs::last_write_time(folder_.path("one.idl.hpp"), old);

  ASSERT_EQ(run("-o . one.idl").status, 0);

  EXPECT_EQ(fs::last_write_time(folder_.path("one.idl.hpp")), old);
}

}  // namespace
}  // namespace corbel::idl::test
