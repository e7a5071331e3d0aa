using System.Text;
using Hawser.Config.Binding;
using Hawser.Config.Lint.Views;
using Hawser.Control.Explain;
using Xunit;

namespace Hawser.Tests.Control.Explain;

public sealed class CustomLineTests
{
    private const string Tcp = "%ci:%cp [%t] %ft %b/%s %Tw/%Tc/%Tt %B %ts up=%U";

    [Fact]
    public void The_fields_are_those_that_the_format_wrote()
    {
        LogLine line = Read(Tcp, "<134>Feb  6 12:12:56 host haproxy[7]: 10.0.0.1:99 [06/Feb/2009:12:12:51.443] web b/s1 1/2/300 44 sD up=5")!;
        Assert.Equal(("10.0.0.1:99", "web", "b", "s1"), (line.Client, line.Frontend, line.Backend, line.Server));
        Assert.Equal((1L, 2L, 300L, 44L, 5L), (line.QueueMs, line.ConnectMs, line.TotalMs, line.BytesRead, line.BytesUploaded));
        Assert.Equal(("sD", 7), (line.Termination, line.Prefix.ProcessId));
        Assert.Null(line.Doubt);
        Assert.Contains("log-format of frontend 'web'", ExplanationText.Long(new Explainer(null).Explain(line), Palette.Plain), System.StringComparison.Ordinal);
    }

    [Fact]
    public void Quotes_expressions_and_flags_are_understood()
    {
        LogLine line = Read("%{+Q}o %ST %r id=%{-Q}[src,map(/x,[a])] 100%% %{-Q}tsc", "haproxy[1]:  200 \"GET /a b HTTP/1.1\" id=any thing 100% --VN")!;
        Assert.Equal((200, "GET /a b HTTP/1.1", "--VN"), (line.Status, line.Request, line.Termination));
        Assert.True(line.IsHttp);
    }

    [Fact]
    public void A_line_that_can_be_cut_in_two_ways_says_so()
    {
        LogLine line = Read("%[src]-%[dst] %ts", "a-b-c --")!;
        Assert.NotNull(line.Doubt);
        Assert.Contains("more than one way", ExplanationText.Long(new Explainer(null).Explain(line), Palette.Plain), System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Tcp, "10.0.0.1:99 [06/Feb/2009:12:12:51.443] web b/s1 1/x/300 44 sD up=5")]
    [InlineData(Tcp, "10.0.0.1:99 [06/Feb/2009:12:12:51.443] web b/s1 1/2/300 44 sD")]
    [InlineData("nothing", "nothing")]
    public void Another_line_is_not_read(string format, string line) => Assert.Null(Read(format, line));

    private static LogLine? Read(string format, string line)
    {
        ConfigurationViewBuilder builder = new();
        string text = $"frontend web\n bind :80\n log-format '{format}'\n";
        _ = ConfigurationReader.Read([new ConfigurationSource("test.cfg", Encoding.UTF8.GetBytes(text))], new ConfigurationEnvironment(), builder.Add);
        return CustomLine.Read(line, builder.Build());
    }
}
