using System.Collections.Frozen;
using System.IO;
using System.Linq;

namespace Hawser.Conformance.Suite;

/// <summary>
/// Tests that ask for OpenSSL because HAProxy's converters of hashes and ciphers come with it. Here these do not depend on
/// TLS, which is not claimed before it exists: such a test is run from a copy without that one line.
/// </summary>
internal static class ConverterTests
{
    private const string Asked = "feature(OPENSSL)";

    private static readonly FrozenSet<string> s_names = new[]
    {
        "converter/aes_cbc.vtc",
        "converter/aes_gcm.vtc",
        "converter/digest.vtc",
        "converter/hmac.vtc",
        "converter/secure_memcmp.vtc",
        "converter/sha2.vtc",
    }.ToFrozenSet();

    /// <summary>The file to run: the test's own, or a copy in <paramref name="folder"/>, which the caller deletes.</summary>
    public static string FileOf(UpstreamTest test, string folder)
    {
        if (!s_names.Contains(test.Name)) return test.Path;
        string copy = Path.Combine(folder, Path.GetFileName(test.Path));
        File.WriteAllLines(copy, File.ReadLines(test.Path).Where(static line => !(line.StartsWith("feature cmd", System.StringComparison.Ordinal) && line.Contains(Asked))));
        return copy;
    }
}
