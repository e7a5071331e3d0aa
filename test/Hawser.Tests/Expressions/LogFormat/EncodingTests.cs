using System;
using System.Collections.Generic;
using System.Text;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.LogFormat;
using Hawser.Proxy.Fetches;
using Hawser.Proxy.Logging;
using Hawser.Tests.Proxy.Logging;
using Xunit;

namespace Hawser.Tests.Expressions.LogFormat;

/// <summary>
/// Values in JSON and CBOR, and binary data that is kept: haproxy 3.5's answers, but that it writes some texts of CBOR in
/// pieces, and its numbers in the machine's order when they are not in hexadecimal.
/// </summary>
public sealed class EncodingTests
{
    [Theory]
    [InlineData("%(a)[int(5)]", "BF616105FF")]
    [InlineData("%(a)[int(-5)]", "BF616124FF")]
    [InlineData("%(a)[int(23)]", "BF616117FF")]
    [InlineData("%(a)[int(24)]", "BF61611818FF")]
    [InlineData("%(a)[int(300)]", "BF616119012CFF")]
    [InlineData("%(a)[int(70000)]", "BF61611A00011170FF")]
    [InlineData("%(a)[int(9999999999)]", "BF61611B00000002540BE3FFFF")]
    [InlineData("%(a)[str(x)]", "BF61616178FF")]
    [InlineData("%(a)[str()]", "BF6161F6FF")]
    [InlineData("%(a)[bool(1)]", "BF6161F5FF")]
    [InlineData("%(a)[bin(0001ff)]", "BF61615F430001FFFFFF")]
    [InlineData("%(a)[ipv4(1.2.3.4)]", "BF616167312E322E332E34FF")]
    [InlineData("%(a)[var(txn.no)]", "BF6161F6FF")]
    [InlineData("%(a)[meth(GET)]", "BF616163474554FF")]
    [InlineData("%(a)ts", "BF6161622D2DFF")]
    [InlineData("%(a)hr", "BF6161F6FF")]
    [InlineData("%(a)rc", "BF616103FF")]
    [InlineData("%(a:str)[int(5)]", "BF61616135FF")]
    [InlineData("%(a:sint)[str(12)]", "BF61610CFF")]
    [InlineData("%(a:bool)[int(5)]", "BF6161F5FF")]
    [InlineData("%(a:bool)[str(true)]", "BF6161F4FF")]
    [InlineData("%(a:raw)[str(x)]", "BF6161xFF")]
    [InlineData("%(a:bool)Tt", "BF6161F5FF")]
    [InlineData("%(a:str)[bin(00ff)]", "BF6161F6FF")]
    [InlineData("%(a)ci %(b)[int(1)]", "BF61616831302E302E312E32616201FF")]
    [InlineData("text %ci", "BFFF")]
    [InlineData("%(a_longer_name_than_others_have)[int(1)]", "BF781E615F6C6F6E6765725F6E616D655F7468616E5F6F74686572735F6861766501FF")]
    public void A_line_in_CBOR_is_a_map_in_hexadecimal(string items, string line) => Assert.Equal(line, Write("%{+cbor}o " + items));

    [Theory]
    [InlineData("%(a)[int(5)]", "\u00bfaa\u0005\u00ff")]
    [InlineData("%(a)[int(300)]", "\u00bfaa\u0019\u0001,\u00ff")]
    [InlineData("%(a)[bin(0001ff)]", "\u00bfaa_C\u0000\u0001\u00ff\u00ff\u00ff")]
    public void With_bin_it_is_the_map_itself(string items, string line) => Assert.Equal(line, Write("%{+cbor,+bin}o " + items));

    [Theory]
    [InlineData("%(a)[int(5)]", "{\"a\": 5}")]
    [InlineData("%(a:sint)[str(12)]", "{\"a\": 12}")]
    [InlineData("%(a:bool)[int(5)]", "{\"a\": true}")]
    [InlineData("%(a:bool)[str(true)]", "{\"a\": false}")]
    [InlineData("%(a:str)[bool(1)]", "{\"a\": \"1\"}")]
    [InlineData("%(a:sint)[bool(1)]", "{\"a\": 1}")]
    [InlineData("%(a:raw)[str(x)]", "{\"a\": x}")]
    [InlineData("%(a:sint)[var(txn.no)]", "{\"a\": \"\"}")]
    [InlineData("%(a:sint)ci", "{\"a\": \"10.0.1.2\"}")]
    public void A_type_that_is_forced_counts_in_JSON(string items, string line) => Assert.Equal(line, Write("%{+json}o " + items));

    [Theory]
    [InlineData("%[bin(61000a)]", "a")]
    [InlineData("%{+bin}[bin(61000a)]", "a")]
    [InlineData("%{+bin}o %ci %[bin(61000aff)]x", "10.0.1.2 a\u0000\n\u00ffx")]
    [InlineData("%{+bin,+E}o%[bin(6122005d)]", "a\\\"\u0000\\]")]
    [InlineData("%{+cbor}[str(ab)] %{+json}[int(5)]", "626162 5")]
    public void Binary_data_ends_at_its_first_zero_unless_the_format_keeps_it(string format, string line) =>
        Assert.Equal(line, Write(format).TrimStart(' '));

    [Fact]
    public void A_line_that_is_too_long_ends_at_the_last_byte_that_fits()
    {
        for (int room = 0; room < 40; room++)
            Assert.InRange(Write("%{+cbor}o %(name)ci %(other)[bin(0102030405)]", room).Length, 0, room);
    }

    [Theory]
    [InlineData("req.len", "request buffer")]
    [InlineData("res.len", "response buffer")]
    public void A_fetch_that_logs_do_not_have_is_refused(string fetch, string source)
    {
        List<CompileFinding> findings = [];
        CompileContext context = new(SessionVocabulary.All) { Place = FetchContexts.Log };
        Assert.Null(LogFormatCompiler.Compile($"%[{fetch}]", LogVariableRows.All, context, findings));
        Assert.Equal($"sample fetch <{fetch}> may not be reliably used here because it needs '{source}' which is not available here", findings[0].Message);
    }

    [Fact]
    public void Captures_stand_between_braces_and_cannot_be_taken_for_them()
    {
        SessionLogRecord record = LogSamples.Session();
        record.RequestCaptures = new CaptureStore();
        record.RequestCaptures.Begin([5, 10, 3]);
        record.RequestCaptures.Set(0, "a\"b"u8);
        record.RequestCaptures.Set(1, "a\n|}"u8);
        Assert.Equal("{a#22b|a#0A#7C#7D|} a#22b a#0A#7C#7D - {+}", Write("%hr %hrl {+}", 1000, record));
        Assert.Equal("BF61789F656123323262", Write("%{+cbor}o %(x)hrl", 1000, record)[..20]);
    }

    private static string Write(string format, int room = 1000, SessionLogRecord? record = null)
    {
        List<CompileFinding> findings = [];
        SessionLogSource source = new(record ?? LogSamples.Session(), LogSamples.Process(), new Hawser.Expressions.Samples.Scratch(16384));
        Hawser.Expressions.LogFormat.LogFormat? compiled = LogFormatCompiler.Compile(
            format, LogVariableRows.All, new CompileContext(SessionVocabulary.All), findings);
        Assert.True(compiled is not null, findings.Count > 0 ? findings[0].Message : format);
        byte[] line = new byte[room];
        return Encoding.Latin1.GetString(line.AsSpan(0, compiled.Write(source, line)));
    }
}
