using System;
using System.Globalization;

namespace Hawser.Control.Lab;

/// <summary>What became of one direction's bytes, seen from both applications and from the proxy's log.</summary>
/// <param name="Sent">The sending application's kernel took them.</param>
/// <param name="NeverLeft">Of those, still in that kernel when the application closed: at most this many may never have reached the proxy.</param>
/// <param name="Delivered">The receiving application read them.</param>
/// <param name="Lost">The proxy says so.</param>
/// <param name="Unconfirmed">The proxy wrote them; the receiving kernel had not acknowledged them.</param>
public readonly record struct DirectionLedger(
    long Sent, long NeverLeft, long Delivered, long Lost, long Unconfirmed)
{
    /// <summary>Sent and never read by the other application.</summary>
    public long Missing => Sent - Delivered;

    /// <summary>Missing bytes that the proxy's log does not name. Negative: it names more than is missing.</summary>
    public long Unnamed => Missing - Lost;

    /// <summary>
    /// Every missing byte is named. Unconfirmed bytes may have arrived after all, and those in the sender's own
    /// kernel may never have left: between these bounds no observer can know.
    /// </summary>
    public bool IsBalanced => Unnamed >= 0 && Unnamed <= Unconfirmed + NeverLeft;

    /// <summary>In one or two lines of less than 80 characters.</summary>
    public string InWords(string from, string to, bool hasLedger)
    {
        string facts = Text($"{from} sent {Sent}; {to} read {Delivered}; ");
        if (!hasLedger)
            return facts + (Missing == 0 ? "nothing missing" : Text($"{Missing} missing, in no field of the log"));
        facts += Text($"lost {Lost}");
        if (Unconfirmed > 0) facts += Text($"; unconfirmed {Unconfirmed}");
        if (NeverLeft > 0) facts += Text($";\n           {NeverLeft} still in the {from}'s own kernel at its close");
        if (!IsBalanced) return facts + Text($";\n           {Unnamed} NOT ACCOUNTED FOR");
        return facts + (Unnamed == 0 ? ": exact" : Text($";\n           {Unnamed} within what no proxy can see"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
