namespace Hawser.Control.Explain;

/// <summary>Colours of a terminal, or none.</summary>
public sealed class Palette(bool isOn)
{
    public static readonly Palette Plain = new(false);

    public string Heading(string text) => Wrap(text, "1");

    public string Bad(string text) => Wrap(text, "31");

    public string Good(string text) => Wrap(text, "32");

    public string Faint(string text) => Wrap(text, "2");

    private string Wrap(string text, string code) => isOn ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
