using Ringfence.Config.Diagnostics;

namespace Ringfence.Config.Tests.YamlReading;

/// <summary>Texts that are no YAML: the words people search for, the place, and what to do.</summary>
[Rule("CL-1.3")]
public sealed class SyntaxTests
{
    [Theory]
    [InlineData("a: b: c", "1:5", "mapping values are not allowed here")]
    [InlineData("a: 1\n  b: 2", "2:4", "mapping values are not allowed here")]
    [InlineData("a:\n\tb: 1", "2:1", @"found character '\t(TAB)' that cannot start any token")]
    [InlineData("\ta: 1", "1:1", @"found character '\t(TAB)' that cannot start any token")]
    [InlineData("a:\n  - b\n \t - c", "3:2", @"found character '\t(TAB)' that cannot start any token")]
    [InlineData("a:\r\n\tb: 1", "2:1", @"found character '\t(TAB)' that cannot start any token")]
    [InlineData("a:\n    b: 1\n  c: 2", "3:3", "while parsing a block mapping; expected <block end>, but found <block mapping start>")]
    [InlineData("a:\n  - b\n  c: 2", "3:3", "while parsing a block collection; expected <block end>, but found '?'")]
    [InlineData("a:\n  b: 1\n  - c", "3:3", "while parsing a block mapping; expected <block end>, but found '-'")]
    [InlineData("a:\n  - b\n - c", "3:2", "while parsing a block mapping; expected <block end>, but found <block sequence start>")]
    [InlineData("a: \"x\" y", "1:8", "while parsing a block mapping; expected <block end>, but found <scalar>")]
    [InlineData("a:\n  b: 1\n  c d\n", "3:3", "while scanning a simple key; could not find expected ':'")]
    [InlineData("a: \"x\\.y\"", "1:6", "while scanning a double-quoted scalar; found unknown escape character '.'")]
    [InlineData("a: - b", "1:4", "block sequence entries are not allowed here")]
    [InlineData("a: @b", "1:4", "found character '@' that cannot start any token")]
    [InlineData("a: `b`", "1:4", "found character '`' that cannot start any token")]
    [InlineData("a: %", "1:4", "found character '%' that cannot start any token")]
    [InlineData("a: *", "1:4", "while scanning an alias; expected alphabetic or numeric character")]
    [InlineData("a: &", "1:4", "while scanning an anchor; expected alphabetic or numeric character")]
    [InlineData("a: ls *.log: x", "1:12", "mapping values are not allowed here")]
    [InlineData("a: ls\n  *.log: x", "2:8", "mapping values are not allowed here")]
    [InlineData("a: 'x", "1:4", "while scanning a quoted scalar; found unexpected end of stream")]
    [InlineData("a: [1, 2", "1:9", "while parsing a flow sequence; expected ',' or ']', but found <stream end>")]
    [InlineData("a: {b: 1]", "1:9", "while parsing a flow mapping; expected ',' or '}', but found ']'")]
    [InlineData("a: [b\nc: d", "1:4", "while parsing a flow collection; did not find expected ',' or its end")]
    [InlineData("a: ]", "1:4", "while parsing a node; expected the node content, but found ']'")]
    [InlineData("- !!i]nt x", "1:1", "while parsing a node; found a tag that is not valid")]
    [InlineData("[a]]", "1:4", "expected '<document start>', but found ']'")]
    public void Says_what_CircleCIs_reader_says(string text, string place, string message)
    {
        var problem = AText.Read(text).Problem;

        Assert.Equal(
            (YamlCodes.Syntax, place, $"Unable to parse YAML: {message}"),
            (problem.Code, problem.Span.Position.ToString(), problem.Message));
    }

    [Theory]
    [InlineData("a:\n\tb: 1", "replace the tab")]
    [InlineData("a: b: c", "must be in quotes")]
    [InlineData("a: 1\n  b: 2", "'a' in line 1 has a value already")]
    [InlineData("jobs:\n  - build\n      filters: x", "'- build' in line 2 is complete, so no keys can stand below it. End it with ':'.")]
    [InlineData("a:\n  - run: x\n   - run: y", "This line is indented by 3 spaces, but '- run: x' in line 2 by 2.")]
    [InlineData("a:\n    b: 1\n   c: 2", "This line is indented by 3 spaces, but 'b' in line 2 by 4.")]
    [InlineData("a:\n  - b\n  c: 2", "Line 2 is a list item, and this key stands at the same place. Indent it by 6 spaces")]
    [InlineData("a:\n  steps:\n    - b\n  - c", "The items of 'steps' are indented by 4 spaces (line 3), this one by 2")]
    [InlineData("a:\n  <<: {}\n  - c", "a map and a list cannot be mixed")]
    [InlineData("a:\n  b: |\n  echo\n", "The text of 'b' (line 2) must be indented further than 'b': by 4 spaces.")]
    [InlineData("- run: |\n  echo\n", "The text of 'run' (line 1) must be indented further than 'run': by 4 spaces.")]
    [InlineData("a:\n  b: |\n      echo\n    c: d", "The text that begins below line 2 is indented further than this line")]
    [InlineData("a:\n  description \"x\"\n  run: y", "Line 2 is neither 'key: value' nor '- item'; a ':' is missing there.")]
    [InlineData("a:\n  name: x\n  docker login\n", "This line is neither 'key: value' nor '- item'.")]
    [InlineData("a:\n  docker: []\n    - checkout", "Is a line such as 'steps:' missing")]
    [InlineData("a:\n  - b\n  -run: c", "Put a blank behind the '-'")]
    [InlineData("a: {{ .Branch }}-x", "Without quotes '{{' begins a map")]
    [InlineData("a: \"x\" y", "put all of it in quotes")]
    [InlineData("a:\n  b: 1\n<<<<<<< HEAD\n  c: 2\n=======\n  c: 3\n>>>>>>> other\n", "Line 3 is from a merge conflict")]
    [InlineData("a: \"\\d\"", "use single quotes")]
    [InlineData("a: 'x", "never closed")]
    [InlineData("only: *", "A value cannot begin with '*'; put it in quotes.")]
    [InlineData("only: *.js", "A value cannot begin with '*'; put it in quotes.")]
    [InlineData("a: ls *.log: x", "must be in quotes")]
    public void Says_what_to_do(string text, string hint) => Assert.Contains(hint, AText.Read(text).Problems[0].Hint, StringComparison.Ordinal);

    [Fact]
    public void Does_not_take_the_lines_of_a_script_for_keys()
    {
        var problem = AText.Read("a:\n  - run: |\n      if: x\n   - b").Problem;

        Assert.Contains("'- run: |' in line 2 by 2", problem.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment\n")]
    [InlineData("\r\n")]
    public void An_empty_file_has_a_code_of_its_own(string text) => Assert.Equal(YamlCodes.Empty, AText.Read(text).Problem.Code);

    [Fact]
    public void Takes_one_document_only()
    {
        var problem = AText.Read("---\na: 1\n---\nb: 2\n").Problem;

        Assert.Equal((YamlCodes.SeveralDocuments, "3:1"), (problem.Code, problem.Span.Position.ToString()));
        Assert.Equal("{a: 1}", AText.Read("---\na: 1\n...\n").Shown);
    }

    [Theory]
    [InlineData("a: 1\n\0b: 2", "2:1", "U+0000")]
    [InlineData("\u007fELF\u0002\u0001", "1:1", "U+007F")]
    [InlineData("a: \u001b[0m", "1:4", "U+001B")]
    public void Refuses_a_binary(string text, string place, string character)
    {
        var problem = AText.Read(text).Problem;

        Assert.Equal((YamlCodes.Syntax, place), (problem.Code, problem.Span.Position.ToString()));
        Assert.Equal($"Unable to parse YAML: special characters are not allowed: {character}", problem.Message);
    }

    [Fact]
    public void A_star_inside_a_value_is_text() => Assert.Equal("{a: ls *.log * *x:y}", AText.Read("a: ls *.log * *x:y").Shown);

    [Fact]
    public void Takes_every_other_character() => Assert.Equal("{a: é→😀\u0085b}", AText.Read("a: \"é→😀\\Nb\"").Shown);

    [Fact]
    public void Refuses_a_tag_that_a_config_cannot_use()
    {
        var problem = AText.Read("a: !!binary eA==").Problem;

        Assert.Equal((YamlCodes.UnknownTag, "1:13"), (problem.Code, problem.Span.Position.ToString()));
        Assert.Equal("{a: 010, b: x}", AText.Read("a: !!str 010\nb: ! x").Shown);
    }

    [Fact]
    public void Refuses_a_key_that_is_a_map()
    {
        var problem = AText.Read("a: {{x}}").Problem;

        Assert.Equal((YamlCodes.KeyNotScalar, "1:5"), (problem.Code, problem.Span.Position.ToString()));
    }
}
