using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Proxy.Actions;

/// <summary>
/// A proxy's places for captures: those that lines declare, and one for each "capture … len" of its rules, in the order
/// of the lines as far as that is known.
/// </summary>
public sealed class CaptureSlots
{
    private readonly Dictionary<Origin, int> _slotByRule = [];

    public CaptureSlots(ProxyConfig proxy)
    {
        List<int> requests = [.. proxy.Http.RequestCaptures.Select(capture => capture.MaxBytes)];
        foreach (RuleConfig rule in proxy.Rules)
        {
            if (rule.Set is not (RuleSetKind.HttpRequest or RuleSetKind.TcpRequestContent)) continue;
            if (rule.Words is not [{ Text: "capture" }, _, ..]) continue;
            int at = -1;
            for (int index = 2; index + 1 < rule.Words.Length && at < 0; index++)
            {
                if (rule.Words[index].Text == "len") at = index + 1;
            }

            if (at < 0 || !int.TryParse(rule.Words[at].Text, CultureInfo.InvariantCulture, out int length) || length <= 0) continue;
            _slotByRule[rule.Words[1].Origin] = requests.Count;
            requests.Add(length);
        }

        Requests = [.. requests];
        Responses = [.. proxy.Http.ResponseCaptures.Select(capture => capture.MaxBytes)];
    }

    /// <summary>The longest value of each slot, in bytes.</summary>
    public int[] Requests { get; }

    public int[] Responses { get; }

    public int RequestCount => Requests.Length;

    public int ResponseCount => Responses.Length;

    /// <summary>The slot of the rule whose sample begins there.</summary>
    public int SlotOf(Origin sample) => _slotByRule[sample];
}
