using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Expressions.Acls;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Io.Interop;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Fetches;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Http;
using Hawser.Tests.Proxy.Logging;
using Xunit;

namespace Hawser.Tests.Proxy.Fetches;

/// <summary>What rules see of one message in mode http, without a session around it.</summary>
internal sealed unsafe class MessageSource : IDisposable
{
    private const int BlockBytes = 16384;
    private const int FieldsMaximum = 101;

    private readonly byte* _block = (byte*)NativeMemory.AllocZeroed(BlockBytes);
    private readonly SessionLogSource _source;
    private readonly CompileContext _context;

    public MessageSource(ReadOnlySpan<byte> bytes, bool isRequest)
    {
        SessionLogRecord record = LogSamples.Session();
        HttpLogRecord http = new(1024);
        record.Http = http;
        _source = new SessionLogSource(record, LogSamples.Process(), new Scratch(BlockBytes));
        _context = new CompileContext(SessionVocabulary.All) { Names = new Users() };

        HttpMessage message = new(FieldsMaximum);
        message.Begin(_block, BlockBytes, isRequest);
        bytes.CopyTo(new Span<byte>(_block, BlockBytes));
        Result = new Http1HeadParser(message, Http1Leniency.Strict).Parse(bytes.Length);
        if (Result != Http1Result.Complete) return;
        if (isRequest)
        {
            _source.RequestMessage = message;
            _source.SetRequest(_block, bytes.Length);
            http.SetRequestLine(
                message.MethodText.In(_block), message.Target.In(_block), message.IsPathMissing, message.VersionText.In(_block));
        }
        else
        {
            _source.ResponseMessage = message;
            _source.SetResponse(_block, bytes.Length);
            http.SetRequestLine("GET"u8, "/p?q"u8, false, "HTTP/1.1"u8);
            http.SetResponse(message.Status, message.VersionText.In(_block));
            http.Status = message.Status;
        }
    }

    public Http1Result Result { get; }

    /// <summary>"1" or "0"; an error's text when it does not compile.</summary>
    public string Holds(string condition)
    {
        DiagnosticBag findings = new();
        AclDirectory acls = new(_context, findings);
        List<Word> words = [];
        foreach (string word in $"if {condition}".Split(' ')) words.Add(new Word(word, Origin.None));
        ConditionCompiler compiler = new(acls, words);
        if (compiler.Compile(0, FetchContexts.None) is not { } compiled) return compiler.Problem;
        return compiled.Evaluate(_source) == AclResult.Pass ? "1" : "0";
    }

    /// <summary>The value's bytes as Latin-1; "-" for none.</summary>
    public string BytesOf(string expression)
    {
        if (ExpressionCompiler.CompileWhole(expression, _context, out CompileFinding finding) is not { } compiled)
            return finding.Message;
        Sample sample = default;
        if (!compiled.TryEvaluate(_source, SampleType.Binary, ref sample) || sample.Bytes.IsEmpty) return "-";
        return Encoding.Latin1.GetString(sample.Bytes);
    }

    public void Dispose() => NativeMemory.Free(_block);

    /// <summary>The userlist "u" of the recorder's configuration.</summary>
    private sealed class Users : NameDirectory
    {
        private static readonly UserList s_list = new(
            new UserListConfig(
                "u",
                [
                    new UserConfig { Name = "a", Password = "pa", Groups = ["g1"] },
                    new UserConfig { Name = "b", Password = "$1$saltsalt$7EaoU6qwZBd0smnWcNtgD/", IsHashed = true, Groups = ["g1"] },
                    new UserConfig { Name = "c", Password = "pc", Groups = ["g2"] },
                    new UserConfig { Name = "n" },
                ],
                Origin.None),
            PasswordHash.Load());

        public override object? FindUserList(string name) => name == s_list.Name ? s_list : null;
    }
}
