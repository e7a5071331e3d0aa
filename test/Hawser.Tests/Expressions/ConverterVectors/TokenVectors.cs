using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

/// <summary>See <see cref="ConverterVector"/>: haproxy's answers.</summary>
public sealed class TokenVectors : ConverterVector
{
    [Theory]
    [InlineData("str(eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c),jwt_header_query($.alg)", "HS256")]
    [InlineData("str(eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c),jwt_header_query($.alg,int)", "HS256")]
    [InlineData("str(eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c),jwt_header_query($.alg,str)", "ERROR: invalid args in converter 'jwt_header_query' : output_type only supports \"int\" as argument")]
    [InlineData("str(eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c),jwt_payload_query($.iat,int)", "1516239022")]
    [InlineData("str(eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c),jwt_payload_query($.name)", "John Doe")]
    [InlineData("str(eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c),jwt_payload_query($.nope)", "-")]
    [InlineData("str(abc),jwt_header_query($.alg)", "-")]
    [InlineData("str(YWJj.YWJj),jwt_header_query($.alg)", "-")]
    [InlineData("str(eyJhbGciOiJub25lIn0.YWJj),jwt_header_query($.alg)", "none")]
    [InlineData("str(eyJhbGciOiJub25lIn0.YWJj.),jwt_header_query($.alg)", "none")]
    [InlineData("str(eyJhbGciOiJub25lIn0.YWJj.YWJj.YWJj),jwt_header_query($.alg)", "none")]
    [InlineData("str(eyJhbGciOiJub25lIn0.YWJj.YWJj.YWJj.YWJj),jwt_header_query($.alg)", "none")]
    [InlineData("str(YWJj.eyJhbGciOiJub25lIn0.YWJj.YWJj.YWJj),jwt_payload_query($.alg)", "none")]
    [InlineData("str(YWJj.eyJhbGciOiJub25lIn0.YWJj),jwt_payload_query($.alg)", "none")]
    [InlineData("str(eyJhb*ciOiJub25lIn0.YWJj.),jwt_header_query($.alg)", "-")]
    public void A_token_is_looked_into(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("str(eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c),jwt_verify(HS256,your-256-bit-secret)", "1")]
    [InlineData("str(eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c),jwt_verify(HS256,\"your-256-bit-secret\")", "1")]
    [InlineData("str(eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c),jwt_verify(HS256,wrong)", "0")]
    [InlineData("str(eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c),jwt_verify(HS384,your-256-bit-secret)", "0")]
    [InlineData("str(eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c),jwt_verify(XX,your-256-bit-secret)", "ERROR: invalid args in converter 'jwt_verify' : unknown JWT algorithm: XX")]
    [InlineData("str(eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c),jwt_verify(hs256,x)", "ERROR: invalid args in converter 'jwt_verify' : unknown JWT algorithm: hs256")]
    [InlineData("str(eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c),jwt_verify(EdDSA,x)", "ERROR: invalid args in converter 'jwt_verify' : unknown JWT algorithm: EdDSA")]
    [InlineData("str(eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c),jwt_verify(ES256K,x)", "ERROR: invalid args in converter 'jwt_verify' : unknown JWT algorithm: ES256K")]
    [InlineData("str(eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c),jwt_verify(HS256,)", "-")]
    [InlineData("str(eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c),jwt_verify(HS256)", "ERROR: invalid arg 2 in converter 'jwt_verify' : missing arguments (got 1/2), type 'string' expected")]
    [InlineData("str(a.b.c),jwt_verify(HS256,x)", "-3")]
    [InlineData("str(a.b),jwt_verify(HS256,x)", "-3")]
    [InlineData("str(a.b.c.d),jwt_verify(HS256,x)", "-3")]
    [InlineData("str(a.b.c.d.e),jwt_verify(HS256,x)", "-3")]
    [InlineData("str(abc),jwt_verify(HS256,x)", "-3")]
    [InlineData("str(a..c),jwt_verify(HS256,x)", "-3")]
    [InlineData("str(a.b.),jwt_verify(HS256,x)", "-3")]
    [InlineData("str(a.b.**),jwt_verify(HS256,x)", "-3")]
    [InlineData("str(YWJj.YWJj.YWJj),jwt_verify(HS256,x)", "0")]
    public void A_secret_verifies_a_token(string expression, string expected) => Holds(expression, expected);
}
