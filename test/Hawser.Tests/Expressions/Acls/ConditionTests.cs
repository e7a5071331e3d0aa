using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Syntax;
using Hawser.Expressions.Acls;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Converters;
using Hawser.Expressions.Fetches;
using Hawser.Expressions.Samples;
using Xunit;

namespace Hawser.Tests.Expressions.Acls;

/// <summary>Conditions of constants, and the sentences of haproxy 3.5 about wrong ones.</summary>
public sealed class ConditionTests
{
    [Theory]
    [InlineData("if TRUE", AclResult.Pass)]
    [InlineData("if FALSE or TRUE", AclResult.Pass)]
    [InlineData("if TRUE FALSE || FALSE", AclResult.Fail)]
    [InlineData("if !FALSE TRUE", AclResult.Pass)]
    [InlineData("if ! TRUE", AclResult.Fail)]
    [InlineData("unless FALSE", AclResult.Pass)]
    [InlineData("if { int(5) 1:10 } { str(abc) -m beg -i AB }", AclResult.Pass)]
    [InlineData("if { str(abc) -m reg ^a.c$ }", AclResult.Pass)]
    [InlineData("if { int(5) gt 5 } or { int(5) lt 5 }", AclResult.Fail)]
    [InlineData("if named", AclResult.Pass)]
    public void A_condition_is_a_sum_of_products(string text, AclResult expected)
    {
        (Condition? condition, ConditionCompiler compiler, _) = Compile(text, "named str(a) b", "named str(a) a");
        Assert.True(condition is not null, compiler.Problem);
        Assert.Equal(expected, condition.Evaluate(new EvaluatedText.Source()));
    }

    /// <summary>What may still change is neither true nor false, and as false as it is true; every value is looked at.</summary>
    [Theory]
    [InlineData("if { later -m found }", AclResult.Undecided)]
    [InlineData("unless { later -m found }", AclResult.Undecided)]
    [InlineData("if !waits", AclResult.Undecided)]
    [InlineData("if !waits FALSE", AclResult.Fail)]
    [InlineData("if waits or TRUE", AclResult.Pass)]
    [InlineData("if waits TRUE", AclResult.Undecided)]
    [InlineData("if { growing 2 }", AclResult.Undecided)]
    [InlineData("if { growing 1 }", AclResult.Pass)]
    [InlineData("if { several 3 }", AclResult.Pass)]
    [InlineData("if { several 4 }", AclResult.Fail)]
    public void A_condition_waits_for_what_may_change(string text, AclResult expected)
    {
        FetchRow[] rows =
        [
            .. FetchFamilies.All,
            Numbers("later", static (ref Sample sample) => !(sample.MayChange = true)),
            Numbers("growing", static (ref Sample sample) =>
            {
                sample.SetInteger(1);
                return sample.MayChange = true;
            }),
            Numbers("several", static (ref Sample sample) =>
            {
                sample.SetInteger(++sample.Place);
                sample.HasMore = sample.Place < 3;
                return true;
            }),
        ];
        CompileContext context = new(new Vocabulary(new FetchRows(rows), ConverterFamilies.All));
        (Condition? condition, ConditionCompiler compiler, _) = Compile(text, context, "waits later -m found");
        Assert.True(condition is not null, compiler.Problem);
        EvaluatedText.Source source = new() { IsFinal = false };
        Assert.Equal(expected, condition.Evaluate(source));
        source.IsFinal = true;
        Assert.NotEqual(AclResult.Undecided, condition.Evaluate(source));
    }

    [Theory]
    [InlineData("if nope", "no such ACL : 'nope'", 4)]
    [InlineData("if { int(1)", "missing closing '}' in condition", 4)]
    [InlineData("if { }", "missing fetch method in ACL expression ''", 6)]
    [InlineData("if { foo }", "unknown fetch method 'foo' in ACL expression 'foo'", 6)]
    [InlineData("if { int(1) foo }", "'foo' is not a number", 13)]
    [InlineData("if { int(1) gt x }", "'x' is neither a number nor a supported operator", 16)]
    [InlineData("if { int(1) 5:1 }", "'5:1' is not a valid number range", 13)]
    [InlineData("if { bin(41) foo }", "matching method must be specified first (using '-m') when using a sample fetch of this type ('bin')", 6)]
    [InlineData("if { str(a) -m foo b }", "unknown matching method 'foo' when parsing ACL expression", 16)]
    [InlineData("if { ipv4(1.2.3.4) -m bool }", "matching method 'bool' cannot be used with fetch keyword 'ipv4'", 23)]
    [InlineData("if { str(a) -m reg [ }", "regex '[' is invalid (error=missing terminating ] for character class, erroffset=1)", 20)]
    [InlineData("if { str(a) -m bin xyz }", "an even number of hex digit is expected", 20)]
    [InlineData("if { str(a) -f /nope }", "failed to open pattern file </nope>", 16)]
    [InlineData("if { str(a) -z b }", "'-z' is not a valid ACL option. Please use '--' before any pattern beginning with a '-'", 13)]
    [InlineData("if { ipv4(1.2.3.4) 1.2.3.4/33 }", "'1.2.3.4/33' is not a valid IPv4 or IPv6 address", 20)]
    [InlineData("if METH_GET", "the fetch method 'method' is not implemented yet", 4)]
    public void A_mistake_is_reported_at_its_word(string text, string problem, int column)
    {
        (Condition? condition, ConditionCompiler compiler, _) = Compile(text);
        Assert.Null(condition);
        Assert.Equal((problem, column), (compiler.Problem, compiler.At.Column));
    }

    [Fact]
    public void A_number_without_patterns_is_warned_of()
    {
        (_, _, DiagnosticBag findings) = Compile("if { int(1) }");
        Assert.Equal(Severity.Warning, Assert.Single(findings.Items).Severity);
    }

    private delegate bool NumberReader(ref Sample sample);

    private static FetchRow Numbers(string name, NumberReader read) => new(
        name, ArgumentSignature.None, SampleType.Integer, FetchContexts.Anywhere,
        (SampleSource _, Arguments _, ref Sample sample) => read(ref sample), "", "of this test");

    private static (Condition? Condition, ConditionCompiler Compiler, DiagnosticBag Findings) Compile(string text, params string[] acls) =>
        Compile(text, new CompileContext(EvaluatedText.Vocabulary), acls);

    private static (Condition? Condition, ConditionCompiler Compiler, DiagnosticBag Findings) Compile(
        string text, CompileContext context, params string[] acls)
    {
        DiagnosticBag findings = new();
        AclDirectory directory = new(context, findings);
        foreach (string acl in acls) directory.Declare(Words(acl));
        ConditionCompiler compiler = new(directory, Words(text));
        return (compiler.Compile(0, FetchContexts.None), compiler, findings);
    }

    private static List<Word> Words(string text)
    {
        List<Word> words = [];
        int column = 1;
        foreach (string word in text.Split(' '))
        {
            words.Add(new Word(word, new Origin("test", 1, column, word.Length)));
            column += word.Length + 1;
        }

        return words;
    }
}
