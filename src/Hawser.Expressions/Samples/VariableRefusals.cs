using System.Threading;

namespace Hawser.Expressions.Samples;

/// <summary>How many writes of variables one memory limit has refused; counted by all loops, "show vars" shows it.</summary>
/// <param name="name">As in "tune.vars.NAME-max-size".</param>
/// <param name="limitBytes">0: no limit.</param>
public sealed class VariableRefusals(string name, long limitBytes)
{
    private long _total;

    public string Name => name;

    public long LimitBytes => limitBytes;

    public long Total => Volatile.Read(ref _total);

    public void Count() => Interlocked.Increment(ref _total);
}
