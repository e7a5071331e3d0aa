using Hawser.Expressions.Compilation;
using Hawser.Expressions.Converters;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Fetches;

/// <summary>What expressions over a session are made of: every row there is.</summary>
public static class SessionVocabulary
{
    public static Vocabulary All { get; } = new(
        new FetchRows(
        [
            .. LogFetchRows.All.All,
            .. BufferFetches.Rows,
            .. TlsHelloFetches.Rows,
            .. ProxyFetches.Rows,
            .. ProcessFetches.Rows,
            .. StreamFetches.Rows,
            .. SettingFetches.Rows,
            .. ConnectionFetches.Rows,
            .. FailureFetches.Rows,
            .. DistccFetches.Rows,
            .. HttpProbeFetches.Rows,
            .. HttpTargetFetches.Rows,
            .. HttpHeaderFetches.Rows,
            .. HttpCookieFetches.Rows,
            .. HttpBodyFetches.Rows,
            .. HttpAuthFetches.Rows,
            .. HttpRecordFetches.Rows,
            .. VariableDumpFetches.Rows,
        ]),
        new ConverterRows(ConverterFamilies.All.All, SessionConverters.Rows));
}
