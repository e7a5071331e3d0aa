using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using Hawser.Control.Explain;

namespace Hawser.Fuzz.Targets;

/// <summary>A line that "hawser explain" is asked about: whoever writes a request writes a part of it.</summary>
internal sealed class LogLineTarget : FuzzTarget
{
    private static readonly string[] s_words =
    [
        "haproxy[14389]: ", "<134>", "Feb  6 12:12:09 ", "10.0.1.2:33317 ", "[06/Feb/2009:12:14:14.655] ", "fnt ", "fnt~ ", "bck/srv ", "bck/<NOSRV> ",
        "10/0/30/69/109 ", "+", "-1", "200 ", "2750 ", "- - ", "---- ", "CD ", "sQ--", "1/1/1/1/0 ", "0/0 ", "{a|b} ", "\"GET /index.html HTTP/1.1\"", "<BADREQ>",
        "SSL handshake failure", ": ", "Server b/s is DOWN", "Connect from ", "\u001b[31m", "\0", "\t", "\"", "|", "loss=",
    ];

    private static readonly Explainer s_explainer = new(configuration: null);

    public override string Name => "log-line";

    public override ReadOnlySpan<string> Words => s_words;

    public override ulong Run(ReadOnlySpan<byte> input)
    {
        string text = Encoding.UTF8.GetString(input);
        LogLineReading reading = LogLineReader.Read(text);
        Expect(reading.Line is null != reading.Problem is null, "a line is read or the problem is told");
        if (reading.Line is not { } line)
        {
            using JsonDocument problem = JsonDocument.Parse(ExplanationJson.WriteProblem(text, reading.Problem!));
            return Mix(1, (ulong)reading.Problem!.Length % 16);
        }

        Explanation explanation = s_explainer.Explain(line);
        string words = ExplanationText.Long(explanation, Palette.Plain) + ExplanationText.Short(explanation, Palette.Plain);
        Expect(!words.Any(static letter => char.IsControl(letter) && letter != '\n'), "no byte of a line reaches the terminal as a control");
        using JsonDocument document = JsonDocument.Parse(ExplanationJson.Write(explanation));
        return Mix((ulong)line.Kind, Hash(line.Termination ?? "") + (line.Status is null ? 0UL : 1));
    }
}
