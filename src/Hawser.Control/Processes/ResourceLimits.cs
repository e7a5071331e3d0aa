using Hawser.Io.Interop;

namespace Hawser.Control.Processes;

/// <summary>Sets the limits of a <see cref="LimitPlan"/> on the process and says so when the system refuses.</summary>
/// <remarks>
/// The runtime has raised the soft descriptor limit to the hard one before <c>Main</c>: the soft limit that the
/// parent set is not known any more. HAProxy, too, counts with the hard one, so the computed limits are the same.
/// </remarks>
public static unsafe class ResourceLimits
{
    private const ulong BytesPerMegabyte = 1_048_576;

    /// <summary>RLIMIT_NOFILE as the process has it now.</summary>
    public static LibcProcess.ResourceLimit OpenFiles()
    {
        LibcProcess.ResourceLimit limit;
        return LibcProcess.getrlimit(LibcProcess.LimitOpenFiles, &limit) == 0 ? limit : default;
    }

    /// <summary>What <see cref="LimitPlan.Compute"/> takes for the system's limit.</summary>
    public static ulong SystemDescriptorLimit()
    {
        LibcProcess.ResourceLimit limit = OpenFiles();
        return limit.Hard > limit.Soft ? limit.Hard : limit.Soft;
    }

    /// <summary>
    /// Sets descriptor and memory limits. False when one cannot be had and <paramref name="isStrict"/>
    /// (<c>strict-limits</c>, the default) makes that fatal.
    /// </summary>
    /// <param name="plan">On return its DescriptorLimit is what the process really has, for <c>show info</c>.</param>
    public static bool TryApply(
        ref LimitPlan plan, LimitSettings settings, DescriptorNeeds needs, bool isStrict, ProcessMessages messages)
    {
        LibcProcess.ResourceLimit current = OpenFiles();
        ulong cap = settings.DescriptorHardLimit is int hardLimit and > 0 && (ulong)hardLimit < current.Hard
            ? (ulong)hardLimit
            : current.Hard;
        ulong wanted = (ulong)plan.DescriptorLimit;
        bool isOverCap = wanted > cap && settings.DescriptorHardLimit is > 0;
        LibcProcess.ResourceLimit next = new()
        {
            Soft = wanted,
            Hard = wanted > current.Hard ? wanted : current.Hard,
        };
        if (isOverCap || (wanted > current.Soft && LibcProcess.setrlimit(LibcProcess.LimitOpenFiles, &next) != 0))
        {
            string text = CannotRaise(wanted, current, cap, needs);
            if (isStrict)
            {
                messages.MainAlert(text);
                return false;
            }
            messages.MainWarning(text);
            plan = plan with { DescriptorLimit = (int)cap };
        }
        return HasRoom(plan, isStrict, messages) && TryLimitMemory(settings, isStrict, messages);
    }

    private static bool HasRoom(LimitPlan plan, bool isStrict, ProcessMessages messages)
    {
        ulong have = OpenFiles().Soft;
        if (have >= (ulong)plan.MaxSockets) return true;
        messages.MainAlert(
            $"FD limit ({have}) too low for maxconn={plan.MaxConnections}/maxsock={plan.MaxSockets}. "
            + $"Please raise 'ulimit-n' to {plan.MaxSockets} or more to avoid any trouble.");
        return !isStrict;
    }

    private static bool TryLimitMemory(LimitSettings settings, bool isStrict, ProcessMessages messages)
    {
        if (settings.MemoryMegabytes is not int megabytes || megabytes <= 0) return true;
        ulong bytes = (ulong)megabytes * BytesPerMegabyte;
        LibcProcess.ResourceLimit limit = new() { Soft = bytes, Hard = bytes };
        if (LibcProcess.setrlimit(LibcProcess.LimitData, &limit) == 0) return true;
        string text = $"Cannot fix MEM limit to {megabytes} megs.";
        if (!isStrict)
        {
            messages.MainWarning(text);
            return true;
        }
        messages.MainAlert(text);
        return false;
    }

    private static string CannotRaise(
        ulong wanted, LibcProcess.ResourceLimit current, ulong cap, DescriptorNeeds needs)
    {
        long fitting = ((long)current.Hard - needs.Reserved) / 2 * 97 / 100;
        string advice = fitting > 0
            ? $"set maxconn to {LimitPlan.TwoDigits(fitting)} or less"
            : "raise the hard limit: there is not even room for the listeners";
        return $"Cannot raise FD limit to {wanted}, current limit is {(cap < current.Soft ? cap : current.Soft)} and hard limit is "
            + $"{current.Hard}. Without 'maxconn' and 'ulimit-n' the limit is computed; otherwise {advice}.";
    }
}
