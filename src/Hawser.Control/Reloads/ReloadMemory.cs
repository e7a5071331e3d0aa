using System;

namespace Hawser.Control.Reloads;

/// <summary>
/// What reloads leave behind is garbage by the megabyte, and a process whose data path allocates nothing has no other
/// occasion to collect it. So the next one does, when it is worth the pause: memory stays within a fixed distance of what
/// is in use. On the thread that reads.
/// </summary>
internal sealed class ReloadMemory
{
    private const long SlackBytes = 4 * 1024 * 1024;

    private long _inUseBytes;

    public void Tidy()
    {
        long bytes = GC.GetTotalMemory(forceFullCollection: false);
        if (_inUseBytes == 0)
        {
            _inUseBytes = bytes;
            return;
        }

        if (bytes <= _inUseBytes + Math.Max(SlackBytes, _inUseBytes / 4))
            return;
        GC.Collect();
        _inUseBytes = GC.GetTotalMemory(forceFullCollection: false);
    }
}
