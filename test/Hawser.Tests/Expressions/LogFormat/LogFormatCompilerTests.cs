using System.Collections.Generic;
using System.Text;
using CsCheck;
using Hawser.Config.Diagnostics;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.LogFormat;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Fetches;
using Hawser.Proxy.Logging;
using Hawser.Tests.Proxy.Logging;
using Xunit;

namespace Hawser.Tests.Expressions.LogFormat;

/// <summary>What is refused, where, and in whose words: those of haproxy 3.5 for the same text.</summary>
public sealed class LogFormatCompilerTests
{
    [Theory]
    [InlineData("%zz", 1, "no such format alias 'zz'. If you wanted to emit the '%' character verbatim, you need to use '%%'")]
    [InlineData("a %ciX", 3, "no such format alias 'ciX'. If you wanted to emit the '%' character verbatim, you need to use '%%'")]
    [InlineData("%", 0, "truncated line after '%'")]
    [InlineData("%(a)", 0, "truncated line after '%'")]
    [InlineData("%{+Q", 1, "truncated line after '+Q'")]
    [InlineData("%{+Q}", 0, "parse argument modifier without alias name near '%{+Q}'")]
    [InlineData("%{+Q} ci", 0, "parse argument modifier without alias name near '%{+Q}'")]
    [InlineData("a % b", 3, "unexpected alias name near ' ' at position 3 line : 'a % b'. Maybe you want to write a single '%', use the syntax '%%'")]
    [InlineData("%(a b)ci", 3, "invalid character in custom name near ' ' at position 3 line : '%(a b)ci'")]
    [InlineData("%(a:foo)ci", 4, "unexpected output type 'foo' at position 4 line : '%(a:foo)ci'. Supported types are: str, sint, bool, raw")]
    [InlineData("%(a:)ci", 4, "unexpected output type '' at position 4 line : '%(a:)ci'. Supported types are: str, sint, bool, raw")]
    [InlineData("%[srcc]", 2, "failed to parse sample expression <srcc]> : unknown fetch method 'srcc'")]
    [InlineData("%[]", 2, "failed to parse sample expression <]> : missing fetch method")]
    [InlineData("%[ src ]", 2, "failed to parse sample expression < src ]> : missing fetch method")]
    [InlineData("%[src", 2, "missing ']' after 'src'")]
    [InlineData("%[src ]", 5, "expected ']' after 'src', but found ' '")]
    [InlineData("%[src(1)]", 6, "failed to parse sample expression <src(1)]> : fetch method 'src' : expected ')' before '1)]'")]
    [InlineData("%[str(a,b)]", 7, "failed to parse sample expression <str(a,b)]> : fetch method 'str' : expected ')' before ',b)]'")]
    [InlineData("%[str(a]", 6, "failed to parse sample expression <str(a]> : fetch method 'str' : expected ')'")]
    [InlineData("%[int(x)]", 6, "failed to parse sample expression <int(x)]> : fetch method 'int' : failed to parse 'x' as type 'integer' at position 1")]
    [InlineData("%[int]", 5, "failed to parse sample expression <int]> : fetch method 'int' : expected type 'integer' at position 1, but got nothing")]
    [InlineData("%[accept_date(foo)]", 13, "failed to parse sample expression <accept_date(foo)]> : invalid args in fetch method 'accept_date' : expects 's', 'ms' or 'us', got 'foo'")]
    [InlineData("%[bool(x)]", 6, "failed to parse sample expression <bool(x)]> : invalid args in fetch method 'bool' : Expects 'true', 'false', '0' or '1'")]
    [InlineData("%[src,foo]", 6, "failed to parse sample expression <src,foo]> : unknown converter 'foo'")]
    public void A_mistake_is_reported_at_its_place_in_HAProxys_words(string text, int offset, string message)
    {
        (CompileFinding finding, bool compiles) = Compile(text);
        Assert.False(compiles);
        Assert.Equal(Severity.Alert, finding.Severity);
        Assert.Equal((offset, message), (finding.Offset, finding.Message));
    }

    [Theory]
    [InlineData("%[res.cache_hit]", "the fetch method 'res.cache_hit' is not implemented yet")]
    [InlineData("%[src,in_table]", "the converter 'in_table' is not implemented yet")]
    [InlineData("%[sc0_conn_cnt]", "the fetch method 'sc0_conn_cnt' is not implemented yet")]
    public void What_HAProxy_has_and_we_do_not_is_an_error_that_says_so(string text, string message)
    {
        (CompileFinding finding, bool compiles) = Compile(text);
        Assert.False(compiles);
        Assert.Equal(message, finding.Message);
    }

    [Theory]
    [InlineData("%[srcc]", "did you mean 'src'?")]
    [InlineData("%[fe_nmae]", "did you mean 'fe_name'?")]
    [InlineData("%sslcc", "did you mean 'sslc'?")]
    public void A_misspelt_name_is_guessed(string text, string hint) => Assert.Equal(hint, Compile(text).Finding.Hint);

    [Fact]
    public void A_flag_that_changes_nothing_is_a_notice_and_not_an_error()
    {
        (CompileFinding finding, bool compiles) = Compile("%{+Z}ci");
        Assert.True(compiles);
        Assert.Equal((Severity.Notice, 2), (finding.Severity, finding.Offset));
    }

    [Theory]
    [InlineData("%ci:%cp %f %b %s %t", AvailableFrom.Connect)]
    [InlineData("%ci %Tt", AvailableFrom.Close)]
    [InlineData("%[src] %[req.bytes_lost]", AvailableFrom.Close)]
    public void A_format_is_complete_at_the_step_its_last_value_is(string text, AvailableFrom step) =>
        Assert.Equal(step, LogFormatCompiler.Compile(text, LogVariableRows.All, new CompileContext(SessionVocabulary.All), [])!.AvailableFrom);

    [Fact]
    public void Any_text_compiles_or_is_refused_within_its_bounds_and_never_overruns_a_line()
    {
        SessionLogSource source = new(LogSamples.Session(), LogSamples.Process(), new Scratch(16384));
        string[] words =
        [
            "%", "%%", "ci", "%ts", "%t", "[", "]", "(", ")", "{", "}", "+Q", "+X,+E", "+json", "o", "src", "str", "int",
            "\"", "'", "\\", ",", ":", " ", "\t", "x", "é", "%{+json}o ", "%(a)B", "%[str(a\"b", "%hr", "%[date(1,ms)]",
        ];
        Gen<string> piece = Gen.Int[0, words.Length - 1].Select(index => words[index]);
        Gen.Select(piece.Array[0, 12], Gen.Int[0, 60]).Sample((pieces, room) =>
        {
            string text = string.Concat(pieces);
            List<CompileFinding> findings = [];
            Hawser.Expressions.LogFormat.LogFormat? format =
                LogFormatCompiler.Compile(text, LogVariableRows.All, new CompileContext(SessionVocabulary.All), findings);
            int bytes = Encoding.UTF8.GetByteCount(text);
            foreach (CompileFinding finding in findings)
                Assert.True(finding.Offset >= 0 && finding.Length >= 1 && finding.Offset <= bytes, $"{text}: {finding}");
            Assert.Equal(format is null, findings.Exists(finding => finding.Severity == Severity.Alert));
            byte[] line = new byte[room];
            if (format is not null) Assert.InRange(format.Write(source, line), 0, room);
        });
    }

    private static (CompileFinding Finding, bool Compiles) Compile(string text)
    {
        List<CompileFinding> findings = [];
        bool compiles = LogFormatCompiler.Compile(text, LogVariableRows.All, new CompileContext(SessionVocabulary.All), findings) is not null;
        return (findings[0], compiles);
    }
}
