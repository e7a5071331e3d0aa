using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Hawser.Config.Model;
using Xunit;

namespace Hawser.Tests.Architecture;

/// <summary>
/// A setting that the reader stores and nobody asks for is a setting that is silently ignored. Each property of the
/// model is read by some project above the reader, or stands here with the reason why that is right.
/// </summary>
public class ModelReadersTests
{
    private static readonly string[] s_readers = ["Hawser.Expressions", "Hawser.Proxy", "Hawser.Control", "hawser"];

    private static readonly Dictionary<string, string> s_actsElsewhere = new()
    {
        ["AddressConfig.Transport"] = "the parser refuses the kinds that do not fit",
        ["BindConfig.Label"] = "no output of HAProxy 3.5 shows it either; show config does",
        ["UnixBindConfig.Prefix"] = "the reader applies it to bind lines",
        ["UnixBindConfig.Mode"] = "the reader applies it to bind lines",
        ["UnixBindConfig.User"] = "the reader applies it to bind lines",
        ["UnixBindConfig.Group"] = "the reader applies it to bind lines",
        ["UnixBindConfig.UserId"] = "the reader applies it to bind lines",
        ["UnixBindConfig.GroupId"] = "the reader applies it to bind lines",
        ["GlobalConfig.UnixBind"] = "the reader applies it to bind lines",
        ["DefaultPathConfig.Kind"] = "FilePaths applies it",
        ["DefaultPathConfig.Path"] = "FilePaths applies it",
        ["GlobalConfig.LocalPeer"] = "awaits peers, with a notice",
        ["GlobalConfig.CloseSpreadTimeMs"] = "awaits http mode, with a notice",
        ["LogTargetConfig.Kind"] = "the descriptor or the address says it",
        ["LogTargetConfig.HasExplicitFormat"] = "the reader chooses the format by it",
        ["OnTimeoutConfig.Origin"] = "position for messages",
        ["ProxyConfig.Dispatch"] = "the reader makes a server of it",
        ["ProxyOptions.TcpCheck"] = "says what a check does in any case",
        ["TrackConfig.Origin"] = "position for messages",
        ["ServerConfig.IsNonStick"] = "awaits stick tables, with a notice",
        ["ServerConfig.IsStrictMaxConnections"] = "a tcp server has no idle connections that could count",
        ["HttpConfig.DisableHttp2Upgrade"] = "awaits http mode, with a notice",
        ["UserListConfig.Origin"] = "position for messages",
        ["HttpErrorsSection.Origin"] = "position for messages",
        ["ServerConfig.WebSocket"] = "awaits http mode, with a notice",
        ["HttpGlobalConfig.IdleTimerMs"] = "awaits http mode, with a notice",
        ["HttpGlobalConfig.ErrorCodes"] = "awaits stick tables, with a notice",
        ["HttpGlobalConfig.FailureCodes"] = "awaits stick tables, with a notice",
        ["CookieConfig.Origin"] = "position for messages",
        ["LogProfileConfig.Origin"] = "position for messages",
        ["LogProfileStepConfig.Origin"] = "position for messages",
        ["StatusCodeSet.Ranges"] = "Contains answers by it",
        ["BindConfig.Protocol"] = "the validation refuses what is not the mode's own",
        ["ServerConfig.Protocol"] = "the validation refuses what is not the mode's own",
        ["TuningConfig.HttpCookieBytes"] = "the reader cuts captures by it",
    };

    [Fact]
    public void Every_setting_of_the_model_has_somebody_who_acts_on_it()
    {
        HashSet<string> read = [.. s_readers.SelectMany(GettersUsedBy)];
        IEnumerable<string> unread = ModelProperties().Where(property => !read.Contains(property));
        string[] noReason = [.. unread.Except(s_actsElsewhere.Keys).Order(StringComparer.Ordinal)];
        string[] stale = [.. s_actsElsewhere.Keys.Except(unread).Order(StringComparer.Ordinal)];
        Assert.True(noReason.Length + stale.Length == 0,
            $"nobody reads: {string.Join(' ', noReason)}\nread, and listed all the same: {string.Join(' ', stale)}");
    }

    private static IEnumerable<string> ModelProperties() =>
        from type in typeof(ConfigModel).Assembly.GetExportedTypes()
        where type.Namespace == typeof(ConfigModel).Namespace && !type.IsEnum && !type.IsGenericType
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        select $"{type.Name}.{property.Name}";

    /// <summary>What the assembly's table of foreign members names, which is what its code calls.</summary>
    private static IEnumerable<string> GettersUsedBy(string assembly)
    {
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        using PEReader image = new(file);
        MetadataReader metadata = image.GetMetadataReader();
        List<string> found = [];
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            string name = metadata.GetString(member.Name);
            if (member.Parent.Kind != HandleKind.TypeReference || !name.StartsWith("get_", StringComparison.Ordinal))
                continue;
            TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            if (metadata.GetString(type.Namespace) == typeof(ConfigModel).Namespace)
                found.Add($"{metadata.GetString(type.Name)}.{name[4..]}");
        }

        return found;
    }
}
