using System.Globalization;
using System.Text;
using Hawser.Proxy.Building;

namespace Hawser.Control.Reloads;

/// <summary>A plan for people: what stays is counted, what changes is named.</summary>
public static class PlanText
{
    public static string Write(ReloadPlan plan)
    {
        StringBuilder text = new();
        text.Append(Summary(plan)).Append('\n');
        foreach (PlanItem item in plan.Items)
        {
            if (item is { Change: PlannedChange.Kept, Note: null })
                continue;
            text.Append(CultureInfo.InvariantCulture, $"{Name(item.Change)} {item.Kind} {item.Name}");
            if (item.Sessions > 0)
                text.Append(CultureInfo.InvariantCulture, $", {Count(item.Sessions, "live session")}");
            if (item.IdleConnections > 0)
                text.Append(CultureInfo.InvariantCulture, $", {Count(item.IdleConnections, "idle connection")} closed");
            if (item.Note is { } note)
                text.Append(": ").Append(note);
            text.Append('\n');
            foreach (string line in item.Lines)
                text.Append("    ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>In one line.</summary>
    public static string Summary(ReloadPlan plan)
    {
        StringBuilder text = new();
        foreach (string kind in (string[])["listener", "frontend", "backend", "server"])
        {
            text.Append(CultureInfo.InvariantCulture, $"{kind}s:");
            foreach (PlannedChange change in (PlannedChange[])
                [PlannedChange.Kept, PlannedChange.Changed, PlannedChange.Replaced, PlannedChange.Added, PlannedChange.Removed])
            {
                if (plan.CountOf(kind, change) is > 0 and int count)
                    text.Append(CultureInfo.InvariantCulture, $" {count} {Name(change)}");
            }

            text.Append("; ");
        }

        text.Append(CultureInfo.InvariantCulture, $"sessions: {plan.Sessions} live, {plan.Draining} drain, {plan.Moving} move with their next request");
        return text.ToString();
    }

    public static string Name(PlannedChange change) => change switch
    {
        PlannedChange.Kept => "kept",
        PlannedChange.Changed => "changed",
        PlannedChange.Replaced => "replaced",
        PlannedChange.Added => "added",
        PlannedChange.Removed => "removed",
        _ => "needs-restart",
    };

    private static string Count(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
