using System.Buffers;
using Hawser.Control.Stats;

namespace Hawser.Control.Pages;

/// <summary>
/// A cell that tells more when somebody points at it: a small table, written as it comes, or a sentence. A page of 10,000
/// servers has 100,000 of them, and makes no text that it does not send.
/// </summary>
internal readonly struct HtmlTip
{
    private readonly IBufferWriter<byte> _output;

    private HtmlTip(IBufferWriter<byte> output) => _output = output;

    /// <summary>Begins a cell with a table; <see cref="End"/> ends it.</summary>
    public static HtmlTip Begin(IBufferWriter<byte> output, string shown, string style = "")
    {
        HtmlRow.BeginCell(output, style);
        output.Write("<u>"u8);
        output.Write(shown);
        output.Write("<span class=\"tip\"><table>"u8);
        return new HtmlTip(output);
    }

    public HtmlTip Row(string name, in StatValue value) => Row(name, HtmlText.Of(value), "");

    public HtmlTip Row(string name, string value, string beside) => Row(name, value, "", "", beside);

    /// <summary>Two values and what is between them.</summary>
    public HtmlTip Row(string name, string first, string between, string second, string beside)
    {
        HtmlPiece piece = new(_output, name.Length + first.Length + between.Length + second.Length + beside.Length);
        piece.Add("<tr><th>"u8);
        piece.Add(name);
        piece.Add("</th><td>"u8);
        piece.Add(first);
        piece.Add(between);
        piece.Add(second);
        piece.Add("</td><td>"u8);
        piece.Add(beside);
        piece.Add("</td></tr>"u8);
        piece.End();
        return this;
    }

    public void End() => _output.Write("</table></span></u></td>"u8);

    /// <summary>Behind what is shown and an opened "u".</summary>
    public static void WriteSentence(IBufferWriter<byte> output, params System.ReadOnlySpan<string> parts)
    {
        output.Write("<span class=\"tip\">"u8);
        foreach (string part in parts)
            output.Write(part);
        output.Write("</span></u>"u8);
    }

    public static string Sentence(string shown, string text) => $"<u>{shown}<span class=\"tip\">{text}</span></u>";
}
