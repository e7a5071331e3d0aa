namespace Hawser.Conformance.Suite;

/// <param name="Name">Path below the suite's root, with slashes: <c>startup/check_condition.vtc</c>.</param>
/// <param name="Path">Where the file is in the checkout.</param>
internal sealed record UpstreamTest(string Name, string Path);
