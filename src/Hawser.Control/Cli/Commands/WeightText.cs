using System;
using System.Globalization;
using Hawser.Config.Model;
using Hawser.Proxy.Backends;

namespace Hawser.Control.Cli.Commands;

/// <summary>A weight as an operator writes it: 0 to 256, or a percentage of the configured one.</summary>
internal static class WeightText
{
    private const int Maximum = 256;

    /// <returns>What is wrong, in HAProxy's words; null when it is right.</returns>
    public static string? Read(Server server, string text, out int weight)
    {
        weight = 0;
        bool isRelative = text.EndsWith('%');
        ReadOnlySpan<char> digits = isRelative ? text.AsSpan(0, text.Length - 1) : text;
        if (digits.IsEmpty || !(char.IsAsciiDigit(digits[0]) || digits[0] is '-' or '+'))
            return "Empty weight string empty or preceded by garbage";
        if (!int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
            return "Trailing garbage in weight string";
        if (isRelative && number < 0)
            return "Relative weight must be positive.";
        if (!isRelative && number is < 0 or > Maximum)
            return "Absolute weight can only be between 0 and 256 inclusive.";
        weight = isRelative ? (int)Math.Min(Maximum, (long)server.Config.Weight * number / 100) : number;
        ProxyConfig backend = server.Backend.Config;
        return ServerAdministrator.HasStaticWeights(backend) && weight != 0 && weight != server.Config.Weight
            ? "Backend is using a static LB algorithm and only accepts weights '0%' and '100%'."
            : null;
    }
}
