using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Hawser.Base.Assertions;

/// <summary>
/// What the code itself guarantees. A broken invariant ends the process at once, in release builds too: forwarding
/// bytes from a state nobody understands would lose them silently. Nothing an outsider sends may reach a check; that
/// is answered with a result.
/// </summary>
public static class Check
{
    /// <summary>Ends the process with <paramref name="reason"/> and the stack on stderr unless the condition holds.</summary>
    public static void That(
        [DoesNotReturnIf(false)] bool condition,
        string reason,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        if (!condition) Fail(reason, file, line);
    }

    /// <summary>As <see cref="That"/>, for checks too expensive for release builds, which leave them out.</summary>
    [Conditional("DEBUG")]
    public static void Debug(
        [DoesNotReturnIf(false)] bool condition,
        string reason,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        if (!condition) Fail(reason, file, line);
    }

    // FailFast writes its message and the stack to stderr and raises SIGABRT: no finaliser, no handler, no unwinding.
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail(string reason, string file, int line) =>
        Environment.FailFast($"invariant broken: {reason} ({System.IO.Path.GetFileName(file)}:{line})");
}
