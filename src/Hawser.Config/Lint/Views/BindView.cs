using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Views;

/// <summary>A bind line: addresses and options.</summary>
public sealed class BindView
{
    internal BindView(Statement statement, int addresses)
    {
        Statement = statement;
        if (statement.Count <= addresses) return;
        Word word = statement[addresses];
        Addresses = [.. Split(word)];
        Options.Read(statement.Words[(addresses + 1)..], BindOptions.Table);
    }

    public Statement Statement { get; }

    public ImmutableArray<AddressView> Addresses { get; } = [];

    public LineOptions Options { get; } = new();

    public bool IsTls => Options.Has("ssl") || Addresses.Any(static address => address.Text.StartsWith("quic", System.StringComparison.Ordinal));

    /// <summary>Strangers can connect to it.</summary>
    public bool IsPublic => Addresses.Any(static address => address.Reach == AddressReach.Network);

    private static System.Collections.Generic.IEnumerable<AddressView> Split(Word word)
    {
        int start = 0;
        foreach (string part in word.Text.Split(','))
        {
            // Inside quotes or variables the parts cannot be told apart in the source: the whole word is shown.
            bool isPlain = word.Origin.Length == word.Text.Length;
            Origin at = isPlain
                ? word.Origin with { Column = word.Origin.Column + start, Length = System.Math.Max(1, part.Length) }
                : word.Origin;
            yield return AddressView.Parse(part, at);
            start += part.Length + 1;
        }
    }
}
