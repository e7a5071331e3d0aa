using System;
using System.Formats.Tar;
using System.IO;
using Hawser.CommandLine;
using Hawser.Commands;
using Hawser.Control.Processes;
using Hawser.Io.Interop;
using Xunit;

namespace Hawser.Tests.CommandLine;

/// <summary>-dK, -dc, -dA and the resolver of -dG.</summary>
public sealed class ListTests
{
    [Fact]
    public void Keywords_stand_in_their_sections()
    {
        string text = KeywordList.Render(KeywordClass.Configuration);
        int listen = text.IndexOf("\nlisten\n", StringComparison.Ordinal);
        Assert.StartsWith("# List of registered configuration keywords:\nglobal\n", text, StringComparison.Ordinal);
        Assert.InRange(text.IndexOf("\n\tnbthread <number>\n", StringComparison.Ordinal), 0, listen);
        Assert.True(text.IndexOf("\n\tbind <addr> accept-proxy\n", StringComparison.Ordinal) > listen);
        Assert.True(text.IndexOf("\n\tserver <name> <addr> weight <0..256>\n", StringComparison.Ordinal) > listen);
        Assert.DoesNotContain("lua-load", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acl", "# List of registered ACL keywords:\n", "\nhdr_beg = ")]
    [InlineData("cli", "# List of registered CLI keywords:\n", "\nshow info\n")]
    [InlineData("cnv", "# List of registered sample converter functions:\n", "\nlower: str => str\n")]
    [InlineData("flt", "# List of registered filter names:\n", "bwlim-in\n")]
    [InlineData("smp", "# List of registered sample fetch functions:\n", "\nsrc: ")]
    [InlineData("svc", "# List of registered service names:\n", "prometheus-exporter\n")]
    public void Each_class_of_names_has_haproxys_heading(string name, string heading, string line)
    {
        Assert.True(KeywordClasses.TryFind(name, out KeywordClass found));
        string text = KeywordList.Render(found);
        Assert.StartsWith(heading, text, StringComparison.Ordinal);
        Assert.Contains(line, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Processors_that_may_not_be_used_are_told() => Assert.Equal(
        "[keep] cpu=  0\n[drop] cpu=  1\n[keep] cpu=  2\nThread CPU Bindings:\n  Tgrp/Thr  CPU set\n  1/1-4     2: not bound\n",
        ProcessorList.Render([0b101], last: 2, threads: 4));

    [Fact]
    public void The_archive_holds_the_loaded_objects()
    {
        string archive = Path.GetTempFileName();
        try
        {
            Assert.True(LibraryArchive.TryWrite(archive, new ProcessMessages("hawser", "0")));
            using FileStream file = File.OpenRead(archive);
            using TarReader reader = new(file);
            bool hasLibc = false;
            while (reader.GetNextEntry() is { } entry)
                hasLibc |= entry.Name.StartsWith("core-", StringComparison.Ordinal) && entry.Name.Contains("libc", StringComparison.Ordinal);
            Assert.True(hasLibc);
        }
        finally
        {
            File.Delete(archive);
        }
    }

    [Fact]
    public void The_older_resolver_finds_addresses()
    {
        Assert.Contains("127.0.0.1", HostByName.Find("localhost")[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(HostByName.Find("a..b"));
    }

    [Fact]
    public void The_log_formats_are_variables_of_the_configuration_only()
    {
        Options options = new() { LocalPeer = "me" };
        Assert.StartsWith("%ci:%cp [%t] %ft", StartEnvironment.Variables(options)["HAPROXY_TCP_LOG_FMT"], StringComparison.Ordinal);
        Assert.DoesNotContain(StartEnvironment.Own(options), static own => own.Key.EndsWith("_FMT", StringComparison.Ordinal));
        Assert.Contains(StartEnvironment.Own(options), static own => own is { Key: "HAPROXY_LOCALPEER", Value: "me" });
    }
}
