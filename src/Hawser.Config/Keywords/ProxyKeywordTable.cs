namespace Hawser.Config.Keywords;

/// <summary>Everything that may stand in defaults, frontend, listen and backend sections.</summary>
public static class ProxyKeywordTable
{
    public static readonly KeywordTable<ProxyContext> Table = new(
        ProxyKeywords.Rows, RuleLines.Rows, HttpRuleLines.Rows, LegacyRuleLines.Rows, FilterKeywords.Rows, TimeoutKeywords.Rows, BalanceKeywords.Rows,
        ProxyLogKeywords.Rows, ProxyOptionKeywords.Rows, ServerLineKeywords.Rows, HttpConnectionKeywords.Rows, HttpMessageKeywords.Rows,
        HttpCaptureKeywords.Rows, HttpErrorKeywords.Rows, CookieKeywords.Rows, StatisticsPageKeywords.Rows, KnownHttpKeywords.Rows,
        KnownProxyKeywords.Rows, RemovedProxyKeywords.Rows);
}
