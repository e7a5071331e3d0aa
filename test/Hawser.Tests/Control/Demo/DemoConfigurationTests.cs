using System.IO;
using Hawser.Control.Demo;
using Hawser.Tests.Architecture;
using Xunit;

namespace Hawser.Tests.Control.Demo;

public sealed class DemoConfigurationTests
{
    [Fact]
    public void The_example_is_what_the_demo_runs()
    {
        string example = File.ReadAllText(Path.Combine(SourceTree.Root, "examples", "demo.cfg"));
        Assert.EndsWith(DemoConfiguration.Text(8080, 8081, 8082), example, System.StringComparison.Ordinal);
    }
}
