using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;

namespace Hawser.Control.Explain;

/// <summary>The letters of the termination state, one by one (manual, 8.5).</summary>
public static class TerminationLetters
{
    /// <summary>First letter: what ended it.</summary>
    public static readonly FrozenDictionary<char, string> Events = new Dictionary<char, string>
    {
        ['-'] = "it ended normally",
        ['C'] = "the client aborted",
        ['S'] = "the server aborted or refused",
        ['P'] = "the proxy ended it: a limit, a rule, or a message it could not accept",
        ['L'] = "the proxy answered by itself",
        ['R'] = "the proxy ran out of a resource: memory, sockets or source ports",
        ['I'] = "the proxy found an internal error in a self-check",
        ['D'] = "the proxy killed it because the server went down",
        ['U'] = "the proxy killed it on the backup because a regular server came up",
        ['K'] = "an administrator killed it",
        ['c'] = "a timeout of the client's side expired",
        ['s'] = "a timeout of the server's side expired",
    }.ToFrozenDictionary();

    /// <summary>Second letter: where it was at that moment.</summary>
    public static readonly FrozenDictionary<char, string> Phases = new Dictionary<char, string>
    {
        ['-'] = "after the end of the transfer",
        ['R'] = "while the proxy waited for a complete request; no server has seen anything of it",
        ['Q'] = "while it waited in a queue for a free slot on a server",
        ['C'] = "while the connection to the server was being opened; the server saw an attempt at most",
        ['H'] = "while the proxy waited for the headers of the server's response",
        ['D'] = "while data was flowing",
        ['L'] = "while the last data went to the client, the server having finished",
        ['T'] = "while it was held in a tarpit",
    }.ToFrozenDictionary();

    /// <summary>Third letter: the persistence cookie as the client sent it.</summary>
    public static readonly FrozenDictionary<char, string> RequestCookies = new Dictionary<char, string>
    {
        ['-'] = "no persistence cookie is configured",
        ['N'] = "the client sent no cookie",
        ['I'] = "the client's cookie names no server",
        ['D'] = "the client's cookie names a server that was down",
        ['V'] = "the client's cookie was valid and its server was used",
        ['E'] = "the client's cookie had expired (maxidle)",
        ['O'] = "the client's cookie was too old (maxlife)",
        ['U'] = "the client sent a cookie, but something else chose the server",
    }.ToFrozenDictionary();

    /// <summary>Fourth letter: what happened to the server's cookie.</summary>
    public static readonly FrozenDictionary<char, string> ResponseCookies = new Dictionary<char, string>
    {
        ['-'] = "none is configured",
        ['N'] = "the server set none and none was inserted",
        ['I'] = "the proxy inserted one",
        ['U'] = "the proxy renewed its date",
        ['P'] = "the server's own was passed on",
        ['R'] = "the server's own was rewritten",
        ['D'] = "the server's own was deleted",
    }.ToFrozenDictionary();

    /// <summary>Third and fourth together, where the manual discusses them.</summary>
    public static readonly FrozenDictionary<string, string> CookiePairs = new Dictionary<string, string>
    {
        ["--"] = "persistence by cookie is not configured",
        ["NN"] = "no cookie came and none was set: for example \"postonly\" in insert mode on a GET",
        ["II"] = "the cookie named no server, so a new one was set: typical after a server was removed from the file",
        ["NI"] = "first request of a visitor: no cookie came, one was inserted",
        ["VN"] = "the visitor has a cookie already, none was set: the usual case",
        ["VU"] = "the visitor's cookie was valid and its date was renewed",
        ["EI"] = "the last visit was longer ago than \"maxidle\", so the cookie was ignored and a new one inserted",
        ["OI"] = "the first visit was longer ago than \"maxlife\", so the cookie was ignored and a new one inserted",
        ["DI"] = "the cookie's server was down, another was chosen and a new cookie inserted",
        ["VI"] = "the cookie's server was up but could not be reached: a redispatch chose another, now in the cookie",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<char, string>[] Positions =
        [Events, Phases, RequestCookies, ResponseCookies];

    /// <summary>True when each letter exists at its position.</summary>
    public static bool AreKnown(string state) =>
        state.Length <= Positions.Length && !state.Where((letter, index) => !Positions[index].ContainsKey(letter)).Any();
}
