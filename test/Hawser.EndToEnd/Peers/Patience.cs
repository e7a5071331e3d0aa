using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace Hawser.EndToEnd.Peers;

/// <summary>
/// Waiting for a condition, with an end: a proxy that never does the thing fails the scenario by name. The end is far
/// away, for only a test that fails waits for it, and a machine may have other things to do for seconds.
/// </summary>
public static class Patience
{
    public const int LimitMs = 30_000;

    public static async Task Until(Func<bool> condition, string what, int limitMs = LimitMs)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.ElapsedMilliseconds > limitMs)
                throw new PatienceException($"waited {limitMs} ms in vain for {what}");
            await Task.Delay(2).ConfigureAwait(false);
        }
    }
}
