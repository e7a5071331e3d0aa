using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace Hawser.Tests.Config;

/// <summary>
/// The part of the JSON schema of SARIF 2.1.0 that a log of ours can touch, as rows: the members that an object may
/// have, their kinds, and which of them are required. Of each object all required members are listed, and nothing else
/// is allowed that is not ("additionalProperties": false).
/// </summary>
internal static class SarifSchema
{
    private static readonly Dictionary<string, string> s_objects = new(StringComparer.Ordinal)
    {
        ["sarifLog"] = "$schema:uri version!:2.1.0 runs!:run[]",
        ["run"] = "tool!:tool invocations:any language:string artifacts:any results:result[] columnKind:utf16CodeUnits|unicodeCodePoints "
            + "defaultEncoding:string properties:any",
        ["tool"] = "driver!:toolComponent extensions:toolComponent[] properties:any",
        ["toolComponent"] = "name!:string version:string semanticVersion:string fullName:string organization:string informationUri:uri "
            + "rules:reportingDescriptor[] properties:any",
        ["reportingDescriptor"] = "id!:string name:string shortDescription:multiformatMessageString fullDescription:multiformatMessageString "
            + "help:multiformatMessageString helpUri:uri defaultConfiguration:any properties:any",
        ["multiformatMessageString"] = "text!:string markdown:string properties:any",
        ["result"] = "ruleId:string ruleIndex:-1.. rule:any kind:string level:none|note|warning|error message!:message locations:location[] "
            + "fixes:any partialFingerprints:any suppressions:any properties:any",
        ["message"] = "text:string markdown:string id:string arguments:any properties:any",
        ["location"] = "id:-1.. physicalLocation:physicalLocation logicalLocations:any message:message properties:any",
        ["physicalLocation"] = "address:any artifactLocation:artifactLocation region:region contextRegion:region properties:any",
        ["artifactLocation"] = "uri:reference uriBaseId:string index:-1.. description:message properties:any",
        ["region"] = "startLine:1.. startColumn:1.. endLine:1.. endColumn:1.. charOffset:-1.. charLength:0.. byteOffset:-1.. byteLength:0.. "
            + "snippet:artifactContent message:message properties:any",
        ["artifactContent"] = "text:string binary:string rendered:multiformatMessageString properties:any",
    };

    /// <summary>What is wrong, each with its place; empty for a log that the schema accepts.</summary>
    public static IReadOnlyList<string> Check(JsonElement log)
    {
        List<string> problems = [];
        Check(log, "sarifLog", "$", problems);
        return problems;
    }

    private static void Check(JsonElement value, string kind, string at, List<string> problems)
    {
        if (kind == "any") return;
        if (kind.EndsWith("[]", StringComparison.Ordinal)) CheckArray(value, kind[..^2], at, problems);
        else if (s_objects.TryGetValue(kind, out string? members)) CheckObject(value, kind, members, at, problems);
        else if (!IsScalar(value, kind)) problems.Add($"{at}: no {kind}: {value}");
    }

    private static void CheckArray(JsonElement value, string kind, string at, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            problems.Add($"{at}: no array");
            return;
        }

        int index = 0;
        foreach (JsonElement item in value.EnumerateArray()) Check(item, kind, $"{at}[{index++}]", problems);
    }

    private static void CheckObject(JsonElement value, string kind, string members, string at, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"{at}: no object");
            return;
        }

        HashSet<string> allowed = new(StringComparer.Ordinal);
        foreach (string member in members.Split(' '))
        {
            int colon = member.IndexOf(':', StringComparison.Ordinal);
            string name = member[..colon].TrimEnd('!');
            allowed.Add(name);
            if (value.TryGetProperty(name, out JsonElement inner)) Check(inner, member[(colon + 1)..], $"{at}.{name}", problems);
            else if (member[colon - 1] == '!') problems.Add($"{at}: {kind} without '{name}'");
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (!allowed.Contains(property.Name)) problems.Add($"{at}: {kind} has no '{property.Name}'");
            if (!seen.Add(property.Name)) problems.Add($"{at}: '{property.Name}' twice");
        }
    }

    private static bool IsScalar(JsonElement value, string kind)
    {
        if (kind.EndsWith("..", StringComparison.Ordinal))
        {
            return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)
                && number >= long.Parse(kind[..^2], CultureInfo.InvariantCulture);
        }

        if (value.ValueKind != JsonValueKind.String) return false;
        string text = value.GetString()!;
        return kind switch
        {
            "string" => true,
            "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
            "reference" => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _) && !text.Contains(' ', StringComparison.Ordinal),
            _ => Array.IndexOf(kind.Split('|'), text) >= 0,
        };
    }
}
