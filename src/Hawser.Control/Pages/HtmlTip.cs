using System.Text;
using Hawser.Control.Stats;

namespace Hawser.Control.Pages;

/// <summary>What a cell tells when somebody points at it: a small table, or a sentence.</summary>
internal sealed class HtmlTip
{
    private readonly StringBuilder _rows = new();

    public HtmlTip Row(string name, in StatValue value) => Row(name, HtmlText.Of(value), "");

    public HtmlTip Row(string name, string value, string beside)
    {
        _rows.Append("<tr><th>").Append(name).Append("</th><td>").Append(value).Append("</td><td>").Append(beside).Append("</td></tr>");
        return this;
    }

    /// <summary>The cell's content with the tip.</summary>
    public string On(string shown) => $"<u>{shown}<span class=\"tip\"><table>{_rows}</table></span></u>";

    public static string Sentence(string shown, string text) => $"<u>{shown}<span class=\"tip\">{text}</span></u>";
}
