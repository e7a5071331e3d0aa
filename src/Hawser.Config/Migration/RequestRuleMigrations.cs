using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Printing;

namespace Hawser.Config.Migration;

/// <summary>The rules that let pass, refuse, hold and route requests by an expression: <c>reqdeny</c> and so on.</summary>
internal static class RequestRuleMigrations
{
    private const string InOrder = "gone since 2.1; rules of today run in the order of the file";

    private const string TooFree =
        "this expression matches whole lines in a way that no condition of today does: write an acl by hand";

    public static IEnumerable<MigrationRow> Rows =>
    [
        Rule("reqallow", "http-request allow", false),
        Rule("reqiallow", "http-request allow", true),
        Rule("reqpass", "http-request allow", false),
        Rule("reqipass", "http-request allow", true),
        Rule("reqdeny", "http-request deny", false),
        Rule("reqideny", "http-request deny", true),
        Rule("reqtarpit", "http-request tarpit", false),
        Rule("reqitarpit", "http-request tarpit", true),
        Rule("rspdeny", "http-response deny", false),
        Rule("rspideny", "http-response deny", true),
        new("reqsetbe", static line => SetBackend(line, ignoresCase: false)),
        new("reqisetbe", static line => SetBackend(line, ignoresCase: true)),
    ];

    private static MigrationRow Rule(string old, string modern, bool ignoresCase) => new(old, line =>
    {
        if (HeaderMigrations.Obstacle(line, 1) is { } obstacle) return obstacle;
        string[]? tests = Tests(line.Text(0), ignoresCase, isResponse: modern.StartsWith("http-response", StringComparison.Ordinal));
        if (tests is null) return MigrationStep.Leave(TooFree);
        string?[] conditions = [.. tests.Select(test => RuleCondition.Join(line, 1, test))];
        return conditions.Any(static condition => condition is null)
            ? MigrationStep.Leave("its condition cannot be joined with the expression in one line: write an acl by hand")
            : MigrationStep.Replace(InOrder, [.. conditions.Select(condition => modern + condition)]);
    });

    private static MigrationStep SetBackend(MigrationLine line, bool ignoresCase)
    {
        if (HeaderMigrations.Obstacle(line, 2) is { } obstacle) return obstacle;
        string[]? tests = Tests(line.Text(0), ignoresCase, isResponse: false);
        return tests is null
            ? MigrationStep.Leave(TooFree)
            : MigrationStep.Replace("gone since 2.1; 'use_backend' with a condition does the same",
                [.. tests.Select(test => $"use_backend {WordText.Quote(line.Text(1))}{RuleCondition.Join(line, 2, test)}")]);
    }

    /// <summary>Anonymous conditions, any of which is enough; null when there are none.</summary>
    private static string[]? Tests(string expression, bool ignoresCase, bool isResponse)
    {
        string flags = ignoresCase ? "-m reg -i" : "-m reg";
        string side = isResponse ? "res" : "req";
        if (HeaderPattern.Parse(expression) is { } pattern)
        {
            string value = HeaderMigrations.Quoted(pattern.Value);
            if (pattern.Name is { } name)
            {
                return pattern.TakesAnyValue
                    ? [$"{{ {side}.hdr({name}) -m found }}"]
                    : [$"{{ {side}.fhdr({name}) {flags} {value} }}"];
            }
            string method = pattern.Method is { } wanted ? $"{{ method {wanted} }} " : "";
            return isResponse ? null : [$"{method}{{ pathq {flags} {value} }}"];
        }
        // Not anchored: it may stand in the request line or in any header.
        bool isPlain = !expression.StartsWith('^') && !expression.Contains(' ', StringComparison.Ordinal)
            && !expression.Contains('$', StringComparison.Ordinal);
        if (!isPlain) return null;
        string anywhere = HeaderMigrations.Quoted(expression);
        return isResponse
            ? [$"{{ res.hdrs {flags} {anywhere} }}"]
            : [$"{{ url {flags} {anywhere} }}", $"{{ req.hdrs {flags} {anywhere} }}"];
    }
}
