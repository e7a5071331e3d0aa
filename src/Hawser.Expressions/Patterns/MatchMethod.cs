using System;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Patterns;

/// <summary>How a sample is compared with patterns (manual, section 7.1, "-m").</summary>
public enum MatchMethod : byte
{
    Found,
    Boolean,
    Integer,
    Address,
    Binary,
    Length,
    String,
    Prefix,
    Substring,
    Directory,
    Domain,
    Suffix,
    Regex,

    /// <summary>As <see cref="Regex"/>; in a map the value may refer to the captured parts.</summary>
    RegexWithCaptures,
}

/// <summary>The names of the methods and what they accept.</summary>
public static class MatchMethods
{
    /// <summary>HAProxy's name, as after "-m" and in the names of map converters.</summary>
    public static string NameOf(MatchMethod method) => method switch
    {
        MatchMethod.Found => "found",
        MatchMethod.Boolean => "bool",
        MatchMethod.Integer => "int",
        MatchMethod.Address => "ip",
        MatchMethod.Binary => "bin",
        MatchMethod.Length => "len",
        MatchMethod.String => "str",
        MatchMethod.Prefix => "beg",
        MatchMethod.Substring => "sub",
        MatchMethod.Directory => "dir",
        MatchMethod.Domain => "dom",
        MatchMethod.Suffix => "end",
        MatchMethod.Regex => "reg",
        _ => "regm",
    };

    /// <summary>Null for a name that is none.</summary>
    public static MatchMethod? Find(string name)
    {
        foreach (MatchMethod method in Enum.GetValues<MatchMethod>())
        {
            if (NameOf(method) == name) return method;
        }

        return null;
    }

    /// <summary>The matrix of section 7.1: whether samples of a type can be matched so.</summary>
    public static bool Accepts(MatchMethod method, SampleType type) => method switch
    {
        MatchMethod.Found => true,
        MatchMethod.Boolean or MatchMethod.Integer => SampleCasts.IsPossible(type, SampleType.Integer)
            && type is not (SampleType.IPv4 or SampleType.Address),
        MatchMethod.Address => SampleCasts.IsPossible(type, SampleType.Address) && type != SampleType.Integer,
        MatchMethod.Binary => SampleCasts.IsPossible(type, SampleType.Binary),
        _ => SampleCasts.IsPossible(type, SampleType.String),
    };

    /// <summary>What a type is compared by when nothing is said; null where it must be said.</summary>
    public static MatchMethod? DefaultFor(SampleType type) => type switch
    {
        SampleType.Boolean => MatchMethod.Boolean,
        SampleType.Integer => MatchMethod.Integer,
        SampleType.Address or SampleType.IPv4 or SampleType.IPv6 => MatchMethod.Address,
        SampleType.String or SampleType.Method => MatchMethod.String,
        _ => null,
    };
}
