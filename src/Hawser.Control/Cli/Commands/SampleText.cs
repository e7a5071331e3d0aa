using Hawser.Expressions.Samples;

namespace Hawser.Control.Cli.Commands;

/// <summary>HAProxy's names of the types of samples.</summary>
internal static class SampleText
{
    public static string TypeName(SampleType type) => type switch
    {
        SampleType.Boolean => "bool",
        SampleType.Integer => "sint",
        SampleType.IPv4 => "ipv4",
        SampleType.IPv6 => "ipv6",
        SampleType.Address => "addr",
        SampleType.Binary => "bin",
        SampleType.Method => "meth",
        SampleType.Any => "any",
        _ => "str",
    };
}
