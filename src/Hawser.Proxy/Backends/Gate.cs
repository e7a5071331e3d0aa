using System.Threading;

namespace Hawser.Proxy.Backends;

/// <summary>
/// Lets one loop at a time choose in a backend. What is done inside is tens of nanoseconds of arithmetic, never a
/// system call, so waiting is spinning. It is passed once when a session takes a server and once when it leaves it,
/// never per exchange: ADR 0004 has the alternatives.
/// </summary>
public sealed class Gate
{
    private int _isHeld;

    public void Enter()
    {
        if (Interlocked.CompareExchange(ref _isHeld, 1, 0) != 0)
            Wait();
    }

    public void Leave() => Volatile.Write(ref _isHeld, 0);

    private void Wait()
    {
        SpinWait spin = default;
        do
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
        while (Volatile.Read(ref _isHeld) != 0 || Interlocked.CompareExchange(ref _isHeld, 1, 0) != 0);
    }
}
