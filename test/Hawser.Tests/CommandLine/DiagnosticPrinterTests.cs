using Hawser.Commands;
using Hawser.Config.Diagnostics;
using Xunit;

namespace Hawser.Tests.CommandLine;

public sealed class DiagnosticPrinterTests
{
    [Fact]
    public void A_finding_has_place_line_caret_and_hint()
    {
        Diagnostic diagnostic = new(
            "unknown", Severity.Alert, new Origin("a.cfg", 9, 4, 5), "unknown keyword 'sever' in 'listen' section",
            "did you mean 'server' ?", "\té sever s 127.0.0.1");
        // Column 4 in bytes: a tab, two bytes of one letter. The caret stands under the third character.
        Assert.Equal(
            "config : parsing [a.cfg:9] : unknown keyword 'sever' in 'listen' section\n"
            + "   | \té sever s 127.0.0.1\n"
            + "   | \t ^~~~~ column 4, unknown\n"
            + "   | did you mean 'server' ?",
            DiagnosticText.InHaproxysShape(diagnostic));
    }

    [Fact]
    public void A_finding_about_the_whole_has_no_prefix()
    {
        Diagnostic diagnostic = new("missing", Severity.Warning, Origin.None, "missing timeouts for proxy 'a'.");
        Assert.Equal("missing timeouts for proxy 'a'.\n   | missing", DiagnosticText.InHaproxysShape(diagnostic));
    }
}
