using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Enumeration;
using System.Linq;

namespace Hawser.Conformance.Suite;

/// <summary>HAProxy's tests in a checkout. Nothing of them is part of this project but their names.</summary>
internal sealed class UpstreamSuite
{
    private const string TestFolder = "reg-tests";

    private UpstreamSuite(string root) => Tests =
    [
        .. Directory.EnumerateFiles(root, "*.vtc", SearchOption.AllDirectories)
            .Select(path => new UpstreamTest(Path.GetRelativePath(root, path).Replace('\\', '/'), path))
            .OrderBy(test => test.Name, StringComparer.Ordinal),
    ];

    /// <summary>By name.</summary>
    public IReadOnlyList<UpstreamTest> Tests { get; }

    /// <summary>Null: no such folder, or one without tests.</summary>
    public static UpstreamSuite? Open(string folder)
    {
        string path = Path.GetFullPath(folder);
        string inner = Path.Combine(path, TestFolder);
        if (Directory.Exists(inner))
            path = inner;
        if (!Directory.Exists(path))
            return null;
        UpstreamSuite suite = new(path);
        return suite.Tests.Count == 0 ? null : suite;
    }

    /// <param name="globs">With * and ?, over the whole name; none takes every name.</param>
    public static bool IsChosen(string name, string[] globs) =>
        globs.Length == 0 || globs.Any(glob => FileSystemName.MatchesSimpleExpression(glob, name, ignoreCase: false));
}
