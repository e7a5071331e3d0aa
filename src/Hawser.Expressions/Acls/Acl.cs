using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Patterns;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Acls;

/// <summary>A named or anonymous ACL: tests in the order they were declared, until one matches.</summary>
/// <param name="name">Empty for an anonymous one.</param>
public sealed class Acl(string name) : NamedCondition
{
    private AclTest[] _tests = [];

    public string Name => name;

    internal ReadOnlySpan<AclTest> Tests => _tests;

    internal void Add(AclTest test) => _tests = [.. _tests, test];

    public override bool? Holds(SampleSource source) => Evaluate(source) switch
    {
        AclResult.Pass => true,
        AclResult.Fail => false,
        _ => null,
    };

    public AclResult Evaluate(SampleSource source)
    {
        AclResult result = AclResult.Fail;
        foreach (AclTest test in _tests)
        {
            AclResult one = test.Evaluate(source);
            if (one == AclResult.Pass) return one;
            if (one > result) result = one;
        }

        return result;
    }
}

/// <summary>One line of an ACL: an expression, a method, patterns.</summary>
/// <param name="keyword">The fetch method as written.</param>
/// <param name="lists">What it looks up in; a text matches when any list has it.</param>
internal sealed class AclTest(string keyword, SampleExpression expression, MatchMethod method, PatternUse[] lists)
{
    public string Keyword => keyword;

    public FetchContexts Contexts => expression.Row.Contexts;

    public bool ReadsBytes => expression.Row.ReadsBytes;

    public AclResult Evaluate(SampleSource source)
    {
        Sample sample = default;
        sample.WantsAll = true;
        while (true)
        {
            sample.HasMore = false;
            bool hasValue = expression.TryEvaluate(source, ref sample);
            bool mayChange = sample.MayChange && !source.IsFinal;
            if (hasValue && Matches(source, ref sample)) return AclResult.Pass;
            if (!hasValue || !sample.HasMore) return mayChange ? AclResult.Undecided : AclResult.Fail;
        }
    }

    private bool Matches(SampleSource source, ref Sample sample)
    {
        switch (method)
        {
            case MatchMethod.Found:
                return true;
            case MatchMethod.Boolean:
                return SampleCasts.TryCast(ref sample, SampleType.Boolean, source.Scratch) && sample.Integer != 0;
        }

        foreach (PatternUse list in lists)
        {
            // Each list may want another type; a cast keeps what the next one needs.
            if (SampleCasts.TryCast(ref sample, list.Index.InputType, source.Scratch) && list.Find(in sample, source.Answers) is not null)
                return true;
        }

        return false;
    }
}
