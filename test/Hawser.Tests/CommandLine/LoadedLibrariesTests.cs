using Hawser.Commands;
using Xunit;

namespace Hawser.Tests.CommandLine;

public sealed class LoadedLibrariesTests
{
    private static readonly string[] Maps =
    [
        "555500000000-555500001000 r--p 00000000 fe:00 1 /usr/sbin/hawser",
        "555500001000-555500002000 r-xp 00001000 fe:00 1 /usr/sbin/hawser",
        "7f0000000000-7f0000001000 rw-p 00000000 00:00 0 ",
        "7f0000001000-7f0000002000 r-xp 00000000 fe:00 2 /lib/libc.so.6",
        "7ffc00000000-7ffc00001000 r-xp 00000000 00:00 0 [vdso]",
    ];

    [Fact]
    public void Each_object_is_listed_once() =>
        Assert.Equal("/usr/sbin/hawser\n/lib/libc.so.6\n", LoadedLibraries.Render(Maps, withRanges: false));

    [Fact]
    public void Verbose_adds_the_address_range() => Assert.Equal(
        "555500001000-555500002000 /usr/sbin/hawser\n7f0000001000-7f0000002000 /lib/libc.so.6\n",
        LoadedLibraries.Render(Maps, withRanges: true));
}
