using System.Threading;

namespace Hawser.Expressions.Samples;

/// <summary>How many writes of variables a memory limit has refused; counted by all loops.</summary>
public sealed class VariableRefusals
{
    private long _total;

    public long Total => Volatile.Read(ref _total);

    public void Count() => Interlocked.Increment(ref _total);
}
