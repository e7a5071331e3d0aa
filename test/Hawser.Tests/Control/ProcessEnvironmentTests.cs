using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Hawser.Control.Processes;
using Xunit;

namespace Hawser.Tests.Control;

/// <summary>Alone: the C library's environment must not change while another thread reads it.</summary>
[CollectionDefinition(nameof(ProcessEnvironmentTests), DisableParallelization = true)]
[Collection(nameof(ProcessEnvironmentTests))]
public sealed partial class ProcessEnvironmentTests
{
    [Fact]
    public void Children_and_libraries_see_what_was_set_and_not_what_was_removed()
    {
        const string kept = "HAWSER_TEST_KEPT";
        const string removed = "HAWSER_TEST_REMOVED";
        ProcessEnvironment.Apply(
        [
            new KeyValuePair<string, string?>(kept, "a b"),
            new KeyValuePair<string, string?>(removed, "x"),
            new KeyValuePair<string, string?>(removed, null),
        ]);
        Assert.Equal("a b", Environment.GetEnvironmentVariable(kept));
        Assert.Null(Environment.GetEnvironmentVariable(removed));
        Assert.Equal("a b", Marshal.PtrToStringUTF8(getenv(kept)));
        Assert.Equal(0, getenv(removed));
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint getenv(string name);
}
