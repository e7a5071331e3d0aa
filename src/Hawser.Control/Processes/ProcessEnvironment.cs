using System;
using System.Collections.Generic;
using Hawser.Config.Syntax;
using Hawser.Io.Interop;

namespace Hawser.Control.Processes;

/// <summary>
/// The variables that libraries and children of this process see. The runtime keeps a copy of its own beside the C
/// library's, so a change is made twice.
/// </summary>
public static unsafe class ProcessEnvironment
{
    /// <summary>Makes the changes in order; null removes. At start, while there is one thread.</summary>
    public static void Apply(IEnumerable<KeyValuePair<string, string?>> changes)
    {
        // The time zone of log lines is that of the start, as HAProxy's: looking at it once keeps it.
        _ = TimeZoneInfo.Local;
        foreach ((string name, string? value) in changes)
        {
            Environment.SetEnvironmentVariable(name, value);
            fixed (byte* key = ZeroTerminated(name))
            fixed (byte* text = ZeroTerminated(value ?? ""))
            {
                if (value is null) _ = LibcProcess.unsetenv(key);
                else _ = LibcProcess.setenv(key, text, 1);
            }
        }
    }

    private static byte[] ZeroTerminated(string text) => [.. ConfigText.Encode(text), 0];
}
