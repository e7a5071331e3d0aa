using System.Collections.Immutable;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>The addresses and options of a <c>bind</c> or <c>stats socket</c> line.</summary>
internal static class BindLineParser
{
    private const AddressRules Rules = AddressRules.StreamAllowed | AddressRules.PortRequired
        | AddressRules.PortRangeAllowed | AddressRules.PortNotZero | AddressRules.HostNameAllowed
        | AddressRules.UnixAllowed | AddressRules.FileDescriptorAllowed;

    /// <summary>Null when something was wrong, which has been reported.</summary>
    public static BindConfig? Parse(LineCursor line, string missing, string sectionName)
    {
        if (!line.TryExpect(missing, out Word word)) return null;
        if (ParseAddresses(line, word) is not { } addresses) return null;
        BindContext context = new()
        {
            Bind = new BindConfig { Addresses = addresses, Origin = line.KeywordOrigin },
        };
        string subject = sectionName.Length == 0
            ? $"'{line.Keyword}' : "
            : $"'{line.Keyword} {word.Text}' in section '{sectionName}' : ";
        return OptionReader.Read(line, context, BindOptions.Table, subject) ? context.Bind : null;
    }

    /// <summary>Comma-separated; each is reported on its own.</summary>
    public static ImmutableArray<AddressConfig>? ParseAddresses(LineCursor line, Word word)
    {
        ImmutableArray<AddressConfig>.Builder addresses = ImmutableArray.CreateBuilder<AddressConfig>();
        string[] texts = word.Text.Split(',');
        foreach (string text in texts)
        {
            // HAProxy does not mind a comma after the last address.
            if (text.Length == 0 && addresses.Count > 0 && addresses.Count == texts.Length - 1) break;
            AddressConfig? address = AddressText.Parse(line, text, word.Origin, Rules, out string error, out bool isNotYet);
            if (address is null)
            {
                line.Reject(isNotYet ? DiagnosticCodes.NotImplemented : DiagnosticCodes.BadAddress, word.Origin,
                    $"'{line.Keyword}' : {error}");
                return null;
            }
            addresses.Add(address);
        }
        return addresses.ToImmutable();
    }
}
