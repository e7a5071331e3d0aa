using System.Text;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.LogFormat;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Fetches;
using Hawser.Proxy.Logging;
using Hawser.Tests.Proxy.Logging;
using Xunit;

namespace Hawser.Tests.Expressions.LogFormat;

/// <summary>
/// Where a line that does not fit ends: observed with haproxy 3.5 under "len 80 format raw", whose texts have 79 bytes.
/// </summary>
public sealed class LogFormatTruncationTests
{
    private const int Room = 79;

    [Theory]
    [InlineData(79, "", "")]
    [InlineData(80, "", "")]
    [InlineData(75, "%[str(127.0.0.1)] %ci", "127.")]
    [InlineData(70, " %t", " ")]
    [InlineData(70, " %T", " ")]
    [InlineData(70, " %Ts", " ")]
    [InlineData(75, "%{+E}[str(a]a]a]a]a]a]a]a)]", "a\\]a")]
    [InlineData(70, "%{+Q}[str(abcdefghijklmno)]", "")]
    [InlineData(70, "%{+Q,+E}[str(abcdefghijklmno)]", "")]
    [InlineData(75, "%{+Q}ci", "")]
    [InlineData(76, "%{+X}ci", "")]
    [InlineData(77, "%{+X}cp", "")]
    [InlineData(77, "%ms", "")]
    [InlineData(77, "%cp", "")]
    [InlineData(77, "%{+Q}[int(5)]x", "")]
    [InlineData(76, "%{+Q}[int(5)]x", "\"5\"")]
    [InlineData(76, "%{+Q}[int(55)]", "")]
    [InlineData(78, "%f %f", "f")]
    [InlineData(79, " x", "")]
    [InlineData(78, "%sslv", "-")]
    [InlineData(78, "%{+Q}sslv", "")]
    [InlineData(77, "%{+Q}sslv", "\"\"")]
    [InlineData(78, "%B%B", "")]
    public void Plain_text_is_cut_and_other_values_are_left_out(int filled, string format, string expected)
    {
        string text = new string('y', filled) + format;
        byte[] line = new byte[Room];
        SessionLogSource source = new(LogSamples.Session(), LogSamples.Process(), new Scratch(16384));
        int length = LogFormatCompiler.Compile(text, LogVariableRows.All, new CompileContext(SessionVocabulary.All), [])!.Write(source, line);
        Assert.Equal(new string('y', int.Min(filled, Room)) + expected, Encoding.UTF8.GetString(line, 0, length));
    }
}
