using System;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Hawser.Expressions.Compilation;
using Xunit;

namespace Hawser.Tests.Expressions;

/// <summary>
/// Encrypted tokens: those of RFC 7516 appendix A and RFC 7518 appendix C, and tokens that pyca/cryptography 48 made, each
/// of which HAProxy 3.5-dev5 opens, or does not, as is expected here.
/// </summary>
public sealed class EncryptedTokenTests
{
    private const string Text = "What it says.";

    private const string RfcToken = "eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.6KB707dM9YTIgHtLvtgWQ8mKwboJW3of9locizkDTHzBC2IlrT1oOQ.AxY8DCtDaGlsbGljb3RoZQ.KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY.U0m_YmjN04DJvceFICbCVQ";

    private const string RfcRsaToken = "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.OKOawDo13gRp2ojaHV7LFpZcgV7T6DVZKTyKOMTYUmKoTCVJRgckCL9kiMT03JGeipsEdY3mx_etLbbWSrFr05kLzcSr4qKAq7YN7e9jwQRb23nfa6c9d-StnImGyFDbSv04uVuxIp5Zms1gNxKKK2Da14B8S4rzVRltdYwam_lDp5XnZAYpQdb76FdIKLaVmqgfwX7XWRxv2322i-vDxRfqNzo_tETKzpVLzfiwQyeyPGLBIO56YJ7eObdv0je81860ppamavo35UgoRdbYaBcoh9QcfylQr66oc6vFWXRcZ_ZT2LawVCWTIy3brGPi6UklfCpIMfIjf7iGdXKHzg.48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6jiSdiwkIr3ajwQzaBtQD_A.XFBoMYUZodetZdvTiFvSkQ";

    private const string RfcRsaKey = """
        {"kty":"RSA","n":"oahUIoWw0K0usKNuOR6H4wkf4oBUXHTxRvgb48E-BVvxkeDNjbC4he8rUWcJoZmds2h7M70imEVhRU5djINXtqllXI4DFqcI1DgjT9LewND8MW2Krf3Spsk_ZkoFnilakGygTwpZ3uesH-PFABNIUYpOiN15dsQRkgr0vEhxN92i2asbOenSZeyaxziK72UwxrrKoExv6kc5twXTq4h-QChLOln0_mtUZwfsRaMStPs6mS6XrgxnxbWhojf663tuEQueGC-FCMfra36C9knDFGzKsNa7LZK2djYgyD3JR_MB_4NUJW_TqOQtwHYbxevoJArm-L5StowjzGy-_bq6Gw","e":"AQAB","d":"kLdtIj6GbDks_ApCSTYQtelcNttlKiOyPzMrXHeI-yk1F7-kpDxY4-WY5NWV5KntaEeXS1j82E375xxhWMHXyvjYecPT9fpwR_M9gV8n9Hrh2anTpTD93Dt62ypW3yDsJzBnTnrYu1iwWRgBKrEYY46qAZIrA2xAwnm2X7uGR1hghkqDp0Vqj3kbSCz1XyfCs6_LehBwtxHIyh8Ripy40p24moOAbgxVw3rxT_vlt3UVe4WO3JkJOzlpUf-KTVI2Ptgm-dARxTEtE-id-4OJr0h-K-VFs3VSndVTIznSxfyrj8ILL6MG_Uv8YAu7VILSB3lOW085-4qE3DzgrTjgyQ","p":"1r52Xk46c-LsfB5P442p7atdPUrxQSy4mti_tZI3Mgf2EuFVbUoDBvaRQ-SWxkbkmoEzL7JXroSBjSrK3YIQgYdMgyAEPTPjXv_hI2_1eTSPVZfzL0lffNn03IXqWF5MDFuoUYE0hzb2vhrlN_rKrbfDIwUbTrjjgieRbwC6Cl0","q":"wLb35x7hmQWZsWJmB_vle87ihgZ19S8lBEROLIsZG4ayZVe9Hi9gDVCOBmUDdaDYVTSNx_8Fyw1YYa9XGrGnDew00J28cRUoeBB_jKI1oma0Orv1T9aXIWxKwd4gvxFImOWr3QRL9KEBRzk2RatUBnmDZJTIAfwTs0g68UZHvtc","dp":"ZK-YwE7diUh0qR1tR7w8WHtolDx3MZ_OTowiFvgfeQ3SiresXjm9gZ5KLhMXvo-uz-KUJWDxS5pFQ_M0evdo1dKiRTjVw_x4NyqyXPM5nULPkcpU827rnpZzAJKpdhWAgqrXGKAECQH0Xt4taznjnd_zVpAmZZq60WPMBMfKcuE","dq":"Dq0gfgJ1DdFGXiLvQEZnuKEN0UUmsJBxkjydc3j4ZYdBiMRAy86x0vHCjywcMlYYg4yoC4YZa9hNVcsjqA3FeiL19rk8g6Qn29Tt0cj8qqyFpz9vNDBUfCAiJVeESOjJDZPYHdHY8v1b-o-Z2X5tvLx-TCekf7oxyeKDUqKWjis","qi":"VIMpMYbPf47dT1w_zDUXfPimsSegnMOA1zTaX7aGk_8urY6R8-ZW1FxU7AlWAyLWybqq6t16VFd7hQd0y6flUK4SlOydB61gwanOsXGOAOv82cHq0E3eL4HrtZkUuKvnPrMnsUUFlfUdybVzxyjz9JF_XyaY14ardLSjf4L_FNY"}
        """;

    /// <summary>RFC 7516, appendix A.2.</summary>
    private const string RfcOldRsaToken = "eyJhbGciOiJSU0ExXzUiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.UGhIOguC7IuEvf_NPVaXsGMoLOmwvc1GyqlIKOK1nN94nHPoltGRhWhw7Zx0-kFm1NJn8LE9XShH59_i8J0PH5ZZyNfGy2xGdULU7sHNF6Gp2vPLgNZ__deLKxGHZ7PcHALUzoOegEI-8E66jX2E4zyJKx-YxzZIItRzC5hlRirb6Y5Cl_p-ko3YvkkysZIFNPccxRU7qve1WYPxqbb2Yw8kZqa2rMWI5ng8OtvzlV7elprCbuPhcCdZ6XDP0_F8rkXds2vE4X-ncOIM8hAYHHi29NX0mcKiRaD0-D-ljQTP-cFPgwCp6X-nZZd9OHBv-B3oWh2TbqmScqXMR4gp_A.AxY8DCtDaGlsbGljb3RoZQ.KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY.9hH0vgRfYgPnAHOd8stkvw";

    private const string RfcOldRsaKey = """
        {"kty":"RSA","n":"sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri23bOdgWp4Dy1WlUzewbgBHod5pcM9H95GQRV3JDXboIRROSBigeC5yjU1hGzHHyXss8UDprecbAYxknTcQkhslANGRUZmdTOQ5qTRsLAt6BTYuyvVRdhS8exSZEy_c4gs_7svlJJQ4H9_NxsiIoLwAEk7-Q3UXERGYw_75IDrGA84-lA_-Ct4eTlXHBIY2EaV7t7LjJaynVJCpkv4LKjTTAumiGUIuQhrNhZLuF_RJLqHpM2kgWFLU7-VTdL1VbC2tejvcI2BlMkEpk1BzBZI0KQB0GaDWFLN-aEAw3vRw","e":"AQAB","d":"VFCWOqXr8nvZNyaaJLXdnNPXZKRaWCjkU5Q2egQQpTBMwhprMzWzpR8Sxq1OPThh_J6MUD8Z35wky9b8eEO0pwNS8xlh1lOFRRBoNqDIKVOku0aZb-rynq8cxjDTLZQ6Fz7jSjR1Klop-YKaUHc9GsEofQqYruPhzSA-QgajZGPbE_0ZaVDJHfyd7UUBUKunFMScbflYAAOYJqVIVwaYR5zWEEceUjNnTNo_CVSj-VvXLO5VZfCUAVLgW4dpf1SrtZjSt34YLsRarSb127reG_DUwg9Ch-KyvjT1SkHgUWRVGcyly7uvVGRSDwsXypdrNinPA4jlhoNdizK2zF2CWQ","p":"9gY2w6I6S6L0juEKsbeDAwpd9WMfgqFoeA9vEyEUuk4kLwBKcoe1x4HG68ik918hdDSE9vDQSccA3xXHOAFOPJ8R9EeIAbTi1VwBYnbTp87X-xcPWlEPkrdoUKW60tgs1aNd_Nnc9LEVVPMS390zbFxt8TN_biaBgelNgbC95sM","q":"uKlCKvKv_ZJMVcdIs5vVSU_6cPtYI1ljWytExV_skstvRSNi9r66jdd9-yBhVfuG4shsp2j7rGnIio901RBeHo6TPKWVVykPu1iYhQXw1jIABfw-MVsN-3bQ76WLdt2SDxsHs7q7zPyUyHXmps7ycZ5c72wGkUwNOjYelmkiNS0","dp":"w0kZbV63cVRvVX6yk3C8cMxo2qCM4Y8nsq1lmMSYhG4EcL6FWbX5h9yuvngs4iLEFk6eALoUS4vIWEwcL4txw9LsWH_zKI-hwoReoP77cOdSL4AVcraHawlkpyd2TWjE5evgbhWtOxnZee3cXJBkAi64Ik6jZxbvk-RR3pEhnCs","dq":"o_8V14SezckO6CNLKs_btPdFiO9_kC1DsuUTd2LAfIIVeMZ7jn1Gus_Ff7B7IVx3p5KuBGOVF8L-qifLb6nQnLysgHDh132NDioZkhH7mI7hPG-PYE_odApKdnqECHWw0J-F0JWnUd6D2B_1TvF9mXA2Qx-iGYn8OVV1Bsmp6qU","qi":"eNho5yRBEBxhGBtQRww9QirZsB66TrfFReG_CcteI1aCneT0ELGhYlRlCtUkTRclIfuEPmNsNDPbLoLqqCVznFbvdB7x-Tl-m0l_eFTj2KiqwGqE9PZB9nNTwMVvH3VRRSLWACvPnSiwP8N5Usy-WRXS-V7TbpxIhvepTfE0NNo"}
        """;

    private const string RsaKey = """
        {"kty":"RSA","n":"499mHbnpAe-xvMXTY9MCWHF86Qcb_yrwAk-f50XuKFUYBpbYvmmzyIPvruZww-GnpfYJ-Z0FDGONHgL2T2YLr65pDbnPb58GcoeWC8fghFI4SX77cmoDrivcd-i8Uy3olU-D0xKM2HMbzrD04-6PXEIvekg7tAcyPjwGJhf-WZEBnyPLEmQiwmZvPAO_RIFX8RaZh7yYmVYdhsAe-T7AkRtqv5kDKjXho-pwr-i3tS98JO6t6dSC-WoiQGVC3sIv89uE1CpLRB7cj6xP-W4YYBNY8UeLFTGZWFc_imODM4U3ycLLQ4KhkZAx7hSd9Gh9uf-VfRL_FxlFmq9vVjZeyQ","e":"AQAB","d":"BSzYet0mbfhtoIxPOR_2GHm4JoRJnhZX9EiuqJstkq9SdMPaqrU0pt2OnsapBPalzt6zN0um07Mz5alkXEVEoROXwZhyUTMOLtR_4EcEnry0GCc3VE_hqYQuS6LdGngbPvJ0jsfUq9qUmEse8Xyqtz1H946Wz7qu6QiGWZ_t4BOgafE3E3GJCfNmGdF1Q0Bxir8ddEOl_pscFZARLtsfOT3DWepBdvVTWua2u2bCXthOEqnvl2MpVt1zGgyTRtFfl4C37cl-on1cN3FOCvxb1hGT7KwXiGM4Y428sFRFQvZQVCN9BRViYduPaSv3QlblkUkB1TzaG-jJbEa_DCuwoQ","p":"_lYf8LOugOqFRanY2k-IleQZQ399qCCxGfkf5uecmyF54Swd8TtwroliiZPJUDT6AliYnYo5hey2z8OM9rwaNgxttGODDgD75BD_g2TXnvI10hC_takaMseQgBeHTX1KVBXxjnsBQ85G6kN_j5GcrZkFWgqYmMFt1gguWJbqwD0","q":"5Vz2MX5SEPkItnfBg-W_uZcX25vEXURfwKJO6IQzF2hOZTyn07x66XMzV-uALK1cvVRZh1_ASjy5UDwXkhIIXIxa2s98_j7Nm4wasLxaaMZw9rNlVIxvVFaeqlDqPxAV3DHAHRszXyGwH0sPKyj6eXreCfBUrD2kduNzg6KvlX0","dp":"lBJ6N_20S9O90YgH-1mwkGujFbwE4TxfP1rd6uXPNDXyKlkv-YD8onDT0HsdCjg9kd4YxCd0Q_dDm4Qi7ocmz26-8_W3mBCUlfwbdljge-ZR1UHxCwcvfH7ZLuoD2OZnvrqjzqroWpyehsbTXjeNOzhKeFiQ7OY4VxKeQO9kLpU","dq":"EQ-wNJBL9H1B26je2Tve3iRSHwDgQ3vRj5fDPOKQll4o7rjrVwG_Ntxd5l1bRHeE3YSHwF0sBZmswz4lFrWGr7O1Em-6wYLUcoyic6EfLIoOXxuLHxXvNhvXY53vPs-ogJ-mxcN_N8Vev4Uq1LAQqbatC5o4AjP3puxWbGVOoFU","qi":"Kf9Tb55lzKcNV6CG_k1Y1q4NZusdg-y_jmtFIfD7b8RO4LzTO4GfhIIasMg2u7qp14b7qdxwjWs8obtk7szvgy3dOfuk0IdKOYXuFVBOfYRYWBxqXQWNr9B1WAGJlHp42LjthWfzvXs00LTZ_swRupmxONcUn2jDliNXsyJx03w"}
        """;

    [Fact]
    public void The_tokens_of_the_rfc_say_what_they_say()
    {
        Assert.Equal("Live long and prosper.", EvaluatedText.Of($"str({RfcToken}),jwt_decrypt_secret(GawgguFyGrWKav7AX4VKUg==)"));
        Assert.Equal(
            "Live long and prosper.",
            EvaluatedText.Of($"str({RfcToken}),jwt_decrypt_secret(txn.key)", ("txn.key", "str(GawgguFyGrWKav7AX4VKUg==)")));
        Assert.Equal("The true sign of intelligence is not knowledge but imagination.", Open(RfcRsaToken, RfcRsaKey));
        Assert.Equal("Live long and prosper.", Open(RfcOldRsaToken, RfcOldRsaKey, new TokenAlgorithmsAllowed(static _ => true, static _ => true)));
    }

    /// <summary>The key that RFC 7518 appendix C derives opens what is encrypted with it.</summary>
    [Fact]
    public void A_key_is_agreed_on_as_in_the_rfc()
    {
        const string bob = """{"kty":"EC","crv":"P-256","x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ","y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck","d":"VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw"}""";
        const string header = """{"alg":"ECDH-ES","enc":"A128GCM","apu":"QWxpY2U","apv":"Qm9i","epk":{"kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0","y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps"}}""";
        byte[] key = Base64Url.DecodeFromChars("VqqN6vgjbSBcIijNcacQGg");
        string first = Base64Url.EncodeToString(Encoding.ASCII.GetBytes(header));
        byte[] nonce = new byte[12];
        byte[] content = new byte[Text.Length];
        byte[] tag = new byte[16];
        using AesGcm cipher = new(key, tag.Length);
        cipher.Encrypt(nonce, Encoding.ASCII.GetBytes(Text), content, tag, Encoding.ASCII.GetBytes(first));
        string token = $"{first}..{Base64Url.EncodeToString(nonce)}.{Base64Url.EncodeToString(content)}.{Base64Url.EncodeToString(tag)}";
        Assert.Equal(Text, Open(token, bob));
    }

    /// <summary>The wrapped key, the initial vector, the text and the tag are what they were, to the last bit.</summary>
    [Fact]
    public void A_token_with_one_character_changed_is_not_opened()
    {
        const string key = "GawgguFyGrWKav7AX4VKUg==";
        for (int at = RfcToken.IndexOf('.', StringComparison.Ordinal) + 1; at < RfcToken.Length; at++)
        {
            if (RfcToken[at] == '.') continue;
            // The first of the six bits, which no padding hides.
            char other = Sixth(RfcToken[at]);
            string changed = $"{RfcToken[..at]}{other}{RfcToken[(at + 1)..]}";
            Assert.Equal("-", EvaluatedText.Of($"str({changed}),jwt_decrypt_secret({key})"));
        }
    }

    private static char Sixth(char digit)
    {
        const string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return digits[digits.IndexOf(digit, StringComparison.Ordinal) ^ 32];
    }

    [Theory]
    [InlineData("eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0..NGC-MSAeaf7aoO7ouZl_XA.DX2lRoQx9_Cei6CFkEE1dw.KspqzmXhOil0tBoNvLV0XQ",
        "{\"kty\":\"oct\",\"k\":\"pU3KGCUwux1tEyze1iN7LtkeP3IfyxlxF0SU1kk8nVw\"}")]
    [InlineData("eyJhbGciOiJkaXIiLCJlbmMiOiJBMTkyR0NNIn0..DoBslXumhNZDH7Xq.DiHmpqCaywtBAtc1Gw.V6WrgEt0-z-fod1tE8vrmQ",
        "{\"kty\":\"oct\",\"k\":\"qizK7c0rUVdBDk3uSvKzT0MKBzRH3mNs\"}")]
    [InlineData("eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTkyQ0JDLUhTMzg0In0.DfDWfssbpImyLcl4nk2J7iJJjqGKuaRlgWLgz0yB_LrW-zS58pZfU9ON2iC2G7cIOd8PdExBLkY.AYa6qKV9EZ5vtl0Aq8Mq8w.o5nwwtJ1Z4cyKeUBoBZzkg.WpJm3SkPYYtaURoLHrzk_TyVospgfr6D",
        "{\"kty\":\"oct\",\"k\":\"JILcUxwrw5B8lhfrXlCJ5A\"}")]
    [InlineData("eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMjU2R0NNIn0._26pQMeW9ESZK__AdiB0c1Dp7194VBN_KuHESyW6QK2i51wQcbcP5w.FABAdxObQYDfOTIk.hQx6H-24xRIfYbeR-A.vb2sps-aoA3IQtgHQPNm6Q",
        "{\"kty\":\"oct\",\"k\":\"2fL6ACXI7-V_N3JPTTfqKw\"}")]
    [InlineData("eyJhbGciOiJBMTkyS1ciLCJlbmMiOiJBMjU2Q0JDLUhTNTEyIn0.4uNP3EfI_5MbQLf2qdyHvy244xUhS38ETLJcS1RDWwVrthe-LZ1vHo-gK6Ism-_PMTMwCJsUpHEi4rCVk-0Sj3aEKNm34oY2.yk8uU8uK0ZGd1RqfttTVCQ.Dbm2zNGeRvPm451aunvzoQ.ku6Vvxs9hFSGHaIafoErwa0qgif0_vCLSHmRBwmfYZM",
        "{\"kty\":\"oct\",\"k\":\"bxO8rkgWaIITaAWn0b5enydoEP33INAz\"}")]
    [InlineData("eyJhbGciOiJBMTkyS1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.bkS8Od0XDTqdVkg9z4x9elOJsmOfw4EHAD3fgTFb-mEak-XbGyYKJw.SskbbQxI1BoeXsnmoDkoVA.-rKOffArDH5T2xUNp2H4Ww.3Xamvhf_qXD5TFGsw0_xIA",
        "{\"kty\":\"oct\",\"k\":\"17nKZQOVImn9Zp9jdu5xh5c3_V9y-NUc\"}")]
    [InlineData("eyJhbGciOiJBMjU2S1ciLCJlbmMiOiJBMTI4R0NNIn0.cfUwoDxmP2K_R3ntrU168q1inAOHfVqD.2l_2AY-3fZqk9fjb.RN5be_JdAii6uuA26w.pCwS85KX_Jg0-YTxvnMVYQ",
        "{\"kty\":\"oct\",\"k\":\"BibW17SHN3KbzXDI7GxUQiNi8HNKtNPvlkDwtXWIwIE\"}")]
    [InlineData("eyJhbGciOiJBMjU2S1ciLCJlbmMiOiJBMTkyQ0JDLUhTMzg0In0.2iaylV9cLoEZC3F3MRGOLn2v6ztggcAmCBGSvdX_mUQamg9kn2Y-weR-fYztpLrhBsXGzP-IS4g.Xv2xhVGRbXb_VDgp-zWntg.7KnY1vBG0dBBVhIqLBtmbw.h13UdAy2cPKh6nu-_rnu2EaVEYpfS9WC",
        "{\"kty\":\"oct\",\"k\":\"hQqzg5AYvKTzkw_TD98ysfAYbi6TV98AZ5MbArL7MPs\"}")]
    [InlineData("eyJhbGciOiJBMTI4R0NNS1ciLCJlbmMiOiJBMTkyR0NNIiwiaXYiOiJQczlHZEhSTDdNdFVDY2ZYIiwidGFnIjoiemFEVFl5ZnlCV0dHUjcwQmoxYTZ4ZyJ9.9Jg7qlZchlR37tlbHEqdykouIW0FKnxS.Esoaua3Ne6vfpM0b.jUEgDCpUXBEGeaaEtQ.8F2iJplp4F_zDy3JHgh0XA",
        "{\"kty\":\"oct\",\"k\":\"Ce164zSzMFsXiz_u_I84Pg\"}")]
    [InlineData("eyJhbGciOiJBMTI4R0NNS1ciLCJlbmMiOiJBMjU2Q0JDLUhTNTEyIiwiaXYiOiJoZnMzb3VuM09rNGRiUFNTIiwidGFnIjoiN2JKeEZ3OVh3N20zM1ZsWWl3MEduUSJ9.qxPKBcFAoyVsPgKvOkfDPlv0pUOg7X3OUaJC21iV1F0FJF3GNN3765WCtMMCBD8axDv4b9gg1ddYviMXGMC-qA.PYNnut2Fenkxx5TUUx2WSQ.92MhI29ReVtVZPf7brTKlw.xMVe3rlRnb0zaID8TARTyhozvCzCebXS8xaLZpppEys",
        "{\"kty\":\"oct\",\"k\":\"HVznSuBMiNbSfk8NiperVQ\"}")]
    [InlineData("eyJhbGciOiJBMTkyR0NNS1ciLCJlbmMiOiJBMjU2R0NNIiwiaXYiOiJsd0xpc21Ud0s2WHIyMF9OIiwidGFnIjoiUWhtRzlkTEFaOUxHQ2NDUFVDZzRVdyJ9.UkyikZIK8X08pSsynGbhpZDtqlvtn3bpTWrLME5UHlY.KR6pmNe89kaZrw5g.EwFjrgSjr0nmztPDSw.5u8ojlc2fqyrkCHWx8_twA",
        "{\"kty\":\"oct\",\"k\":\"4s0tFOH1YW--ARDZSZEkHNetIOAEWlTB\"}")]
    [InlineData("eyJhbGciOiJBMTkyR0NNS1ciLCJlbmMiOiJBMTI4R0NNIiwiaXYiOiIyZUt1NXh0cDIwSDZZQmFGIiwidGFnIjoiUVR4RTRscGNlNWtsRmtzbFR5TnFDZyJ9.jwXKoQb-xtybh_FvP9Vl8w.WVN4hX8eVrex0i9n.M-2d4330VbjjeUUq4Q.WyxfcS9DxC3z2mUrL9L94w",
        "{\"kty\":\"oct\",\"k\":\"W3T-gt6yADmSFRh9OBOja7As1clxjy6y\"}")]
    [InlineData("eyJhbGciOiJBMjU2R0NNS1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2IiwiaXYiOiJlcjYyLWhhME03YW5PUkY4IiwidGFnIjoiT0xmLWIyQjR1c3JzaDl2STNfQ0l0USJ9.wMieej3Kkrw1nH4UgMoRNKQ0FgUoNSuuDIqreewZWG4.grVi5ArhOgr5OCWEXkyUwg.XSeMqPauB9lnVIkIp9w5Ng.hvwowi2MgtJ9cEiT9Lo4vg",
        "{\"kty\":\"oct\",\"k\":\"NOvIV2LzL0a_Hc95GL4VB23rmT1F2ixnOrVWu64Fgj4\"}")]
    [InlineData("eyJhbGciOiJBMjU2R0NNS1ciLCJlbmMiOiJBMTkyR0NNIiwiaXYiOiI4S19DZU1HMUlNbUlwQ1J5IiwidGFnIjoiam5JT1JPVmVCZl9JLU1HM1JheGtiQSJ9.7yhmUK-tT2r2StlO8C2XQycPGV4HlsfF.h4bysvRxSCG6aFa7.rbEBhpoiBS1kTG-jtw.iiuVZsCRy4bF_PFamWSojQ",
        "{\"kty\":\"oct\",\"k\":\"6JCp0onM2KLWxE3GxdFJAnqCwXtlOywRGc-m4qHpAPI\"}")]
    [InlineData("eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTE5MkNCQy1IUzM4NCIsImVwayI6eyJrdHkiOiJFQyIsImNydiI6IlAtNTIxIiwieCI6IkFJcmhaV0pBWWpXMnJUNTNuRG1FVzFUcHZaOFhwU3ppem1sSjlVTUxubUIzNVVKeUZMenhyT09KZFY2bG5VQmRWalJwYnFrd2M2cjFmS01CVnRWWnh4enciLCJ5IjoiQUoyN3JYYzVUbEVTWXBfTURBdnZuRmd3NmYxcFR2ZUswUm5iOWpsNXZlakRodkxvWlp1X2VHd2ktaTIyb05WYnFTRnZkV0ZQZWg4UTZfTmFabkk3ZW1OeSJ9fQ..MmmPuCI98_aDXAUM8BB3_w.gcxA_sAmtkORwZ-tNV9aeA.72gK6VDDkJo9rrVg7sJ1zkq5GhSQjAx9",
        "{\"kty\":\"EC\",\"crv\":\"P-521\",\"x\":\"AKrR-3QTOasq1xZOlbN94G9t5eVKwvo5YlBKtSadMtt5498qbArdRQmJ6gBS4g82FJ_wokb9QfNMR0D-2Fbr1gw-\",\"y\":\"AN6l9Wm4VYcV8st_gWd_Jgs9tEVlW3LGKfB_RewkaNc1f34RkYnElz-H9kyJ0Q6Ro92C6fjYfTM2e9Jewc7nxyK-\",\"d\":\"APDdB8ndsDV393r9ITsrWT4DFaEE0yc0Yf5obDJTVbK0F37BPLJK5jVMVo5lXXZYbNePnSkYxSRoGIr4pSbKOZH-\"}")]
    [InlineData("eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTI1NkdDTSIsImVwayI6eyJrdHkiOiJFQyIsImNydiI6IlAtMjU2IiwieCI6IklzOHdNLTNGSUpOeWVSYWdScHpJZVRoTUxfV2dLRnhidkltRHV2ckhlejQiLCJ5IjoidWlZMENxRW5zNk5PYjBPT0RaOFgxVmJEeG5kak9HNGlzSjJHZW1peGo3RSJ9fQ..DiMCWCt_Alh1WYd5.OgoB_GIzwxFwJe5Jcw.NenIIe76K1FvKieCNzT_RQ",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"0RHcmSTRRFqb3R1ZZfC3NRrx0x-CT-kYKOChFz8nNAo\",\"y\":\"aNccorLC_3UUBGWxBZIxc0ch0ShIHJRAkoJarzDwSuk\",\"d\":\"8MystOmHHJtxrzysM1l_EpqBjFhhZKcij38YPiGYc48\"}")]
    [InlineData("eyJhbGciOiJFQ0RILUVTK0ExMjhLVyIsImVuYyI6IkEyNTZDQkMtSFM1MTIiLCJlcGsiOnsia3R5IjoiRUMiLCJjcnYiOiJQLTM4NCIsIngiOiJPTHpESkVPYlNXYmFqOUtiOVdpLWkwYWRuLWpRdjBLSF81ZWQ5cGdsZHdpX1dYczF6ZUE3YklkaUlrbjIxWVJKIiwieSI6IllubG5uUkg4Y0M2eTBSQVJwQXRpeTJaOXRaWmpkVDJRRG9tU2ZmYlZKQ0t3Nnl0X3liRXlhN05jSVVmLXhmblYifX0.lBoOM4FAMILRyfMxeF_t_77q9sYK9ul3y1Xb-g2kKQKK_SCEcklHjxaY7DTsCmA5zuFYH5qW6-v-6hcwuYYTYicIVM1mD-Sk.8EykoFiuYNYcAHawBYIUEw.azNpMWo-grsLFSvMbP_Zqw.tRYkI9di_6kk0S1z7omU7-ae9_6PYXkyIiXGbbyQTzY",
        "{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"C4b39kYpEROXH4-vqkl2fT-uPiA-LvKpa7FtXXM_AMozU7IPx2IoHOUEuY49u7Jb\",\"y\":\"iTbxpTyBBsPORsQ3h43bD0gArgcH0Qkil2SHOl9R9MyF8Cy2JLonhA3IFaj2BBkp\",\"d\":\"j78QFH8EIMav4qeYK_rYhHJ2CMMgRgTRAqAFaKBhS475cw1eNrPbLvHWruD7cnWI\"}")]
    [InlineData("eyJhbGciOiJFQ0RILUVTK0ExMjhLVyIsImVuYyI6IkExMjhDQkMtSFMyNTYiLCJlcGsiOnsia3R5IjoiRUMiLCJjcnYiOiJQLTUyMSIsIngiOiJBVlBmd01ZclZ3NUlSZ1pCREh5SzhQOUF3bExxdklJZkZPUS1BcVplYU4wTXhFM1lFNlpXN1haZEtPcUFtMk9jeTVmdHVTSDU1SHljbXk2VlZBSVNhdGlKIiwieSI6IkFLYWlFSGhXSWdpS05BSjNZdmN4SHNrYUJzRVFvZDhoS1RCTXNSd1FMNnpIMmRleW9TdWZZcWd5cTJUVTdadTMyS3Y2UU5xd3JUSWJadnpYZHh2VWZfRkMifX0.SGF9-5BqPQmSI2VizYpd0OtTYHcNGaHMyOQL98QlY4EsUNvnZE1Cdw.Gk7YxZcIdZ8k8TAhTWHn7w.UyzD-7qQiadhserUmse_lA.-8k0_AvkNVSZaROqielpbQ",
        "{\"kty\":\"EC\",\"crv\":\"P-521\",\"x\":\"AaVgZMxPgnA5L5aGxNwoj9dIkQ43VhIjguazuIUEjqPjsrVek9WoLdMFKPPMJKL3IH5YFkA-jWoieqI5YGbN23SH\",\"y\":\"ACTSoycKutKjIjqB9fu1hF7Y_lWhtzCfmq4__HknuEy4Kw3I3ozdH5Y8XDiXKN9TUsl_CjGOVZcJf9eJuAmkqaKD\",\"d\":\"AAh1AgJbWSVSDUAEAKoBXvPx38yKrbLYv9mhjgHRb_OeSpV4onIq6wz2IWUIHBXX6Ueic3Yefo_V15GEubfeA-RU\"}")]
    [InlineData("eyJhbGciOiJFQ0RILUVTK0ExOTJLVyIsImVuYyI6IkExMjhHQ00iLCJlcGsiOnsia3R5IjoiRUMiLCJjcnYiOiJQLTI1NiIsIngiOiI4eng0dEYtZHZaMUk3OER1MU5KWVhnTnFYRWQ0aS0xWWdUVW1HMHpFVmhFIiwieSI6IndaUWwzaGJITEFfV3lYZGtjaU80V1FCZjVnSmVWMUdIeXdqeFIyaFBRZEEifX0.MVbxs_nr7k3Onpq2OJEwDxhYRNcwaHfv.sx7kEeEH5-ALrMpL.dAEEFyMdGc2t74J1eg.VXKADbjGSki38rUAXoXhpg",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"fKahgQTKeabruknaX63EKXDjx7w_7ti3aiRYbBdylKc\",\"y\":\"rEZawP9tnLft38Db4gPGi3UDlXhucYDuRJIw4La4G-w\",\"d\":\"J9CmNrQRlHoRTUggif9EKn37Xbe5-L7bia907vI8JeM\"}")]
    [InlineData("eyJhbGciOiJFQ0RILUVTK0ExOTJLVyIsImVuYyI6IkExOTJDQkMtSFMzODQiLCJlcGsiOnsia3R5IjoiRUMiLCJjcnYiOiJQLTM4NCIsIngiOiJRT0ZZNWlfYjB6R0pyb01TeFZhc3NfRE5EbHQ5eWl6SlNfaG50S1RDM2NHTW9zYWhCSExOak94YTNVMlpIODQ2IiwieSI6IjlIRm9lQmhScnNfYjF1ejlwbXVwYTI1SENPOHBBZ0JnQmswc2paR3Ruam9tLWIyS1B6R2VCdWZhZlJXUEFBTlkifX0.mKKTPRrKsJ6iIAMh1bYmWDeirwvj_S92QUV0Mb-s8XB8Oi3UI7cL39bSgpjnJYMfcOj4iA6n15A.yE3uAxX0tc3dmFACSrvMpw.6L8oooE3xHj-kR2xf_Ui1Q.uxfBugfBhvV6pNMCZnw8YWEHsBGyuCSv",
        "{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"9nHWjmMpAvcX2Sh8CYdzY9oU_RdMM1tPnieJD60llTLvM0-rcddW_fBuctPVl5q3\",\"y\":\"MeKLtkVRkSRk6DY2YgfbRZ9_1NR2FGnkwKsboXaz_oqR42-yNEjK7ZimxFA2kTlr\",\"d\":\"guC6VthyHqmN_faX6WSKe-tc8Vn-4EZ1Yjpf0IUDrae9Iw99cp4Ja-c5Us1f9ud_\"}")]
    [InlineData("eyJhbGciOiJFQ0RILUVTK0EyNTZLVyIsImVuYyI6IkExOTJHQ00iLCJlcGsiOnsia3R5IjoiRUMiLCJjcnYiOiJQLTUyMSIsIngiOiJBZmJYdG1ZQ21nOWRkZG1QOTVoc0t3bTRPMkdfdlR2Q2xiU1I1b0NhNDlKMmZOQzFsRzRkN0RSYmJUZmc4RjZxWTFmTUhLQ2dVbVUzQncwQmVmN3REX09OIiwieSI6IkFJWmhoNkNtRGdSWl8wcEtiR1c4dHk4b01UYTFxNzdtMkdBTS10N252QjdzUjRTdGJMQThGa3k2ZTNVclpGMmpjaUZQemRXbXZtazIxUUtkelQzUDI1dVkifX0.xCd0xENEJ8PFhQqeByNZPpGhELzKR02sTu35Ee2lG-4.M8P6gWMy_eWVIPJA.hd8wrPUwP-XmDuxM5g.vZKQa7FFI_Lb7w8AM9pObA",
        "{\"kty\":\"EC\",\"crv\":\"P-521\",\"x\":\"AbnGggPdmwsYhSjT-36JaRzKpmG_Z6n49U-lcIJ3BXtiAgW9scBrb6UOylqHLcTIM4L2XcGWEBZVvMapPXEz0c-L\",\"y\":\"ALBv2un3e_gNOGvJPqoy70T5_2MsrhkV_Je1qNW2pvEYr0ofCuhnsxgU8akCCWstMk6K1GWtfWU98GFRrrzgta4x\",\"d\":\"AALIAVfRwziJMwx9hgyClN2WNV57DcwPbO8tLc8wd_LhKfhwWGAvYKlSBDNR7yCP936fwHySnoCYk-MAVi2N9tjT\"}")]
    [InlineData("eyJhbGciOiJFQ0RILUVTK0EyNTZLVyIsImVuYyI6IkEyNTZDQkMtSFM1MTIiLCJlcGsiOnsia3R5IjoiRUMiLCJjcnYiOiJQLTI1NiIsIngiOiJWTC15YkIwLU1tYkNBUUxmMVRTN1BYaUhPU1RMVDc5TzBPZXIxbXlmcmFjIiwieSI6IlNPX2FhNnZCenBBWmVTZlZ2UEFEQWx4elpyNGEzMnQ1NUJELVBFSHdrZWMifX0.NrBQ_45V96N7B_x52rjIxLpVR8gtN8_AGaEICBrxDrZK8mKMuTtVAhW70dS80OG6MSOnGfVIpzILWDe8O74OZIRFBRq03tsS.XGUjhSqpLa0o2J0l5H1PWA.SUr50HuQ6xEH65T7Y1WiEA.9YMzl2mk4ES4iUVYO6e6vWulVKWLHybnd_HveEbIM9M",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"JIgDc_12MZUptaOyAi_9278xUpM3UUDw573DV4Mk8Vc\",\"y\":\"8CotzwuqG88beeL2rjWtww1fLv8INuaWVMNm62ynuh4\",\"d\":\"ycCBEjCxvU996_wFYqmCDFHh6iAtN39-SfRuEKaUF5w\"}")]
    [InlineData("eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTEyOEdDTSIsImVwayI6eyJrdHkiOiJFQyIsImNydiI6IlAtMjU2IiwieCI6IjdPcHIzcnVmeDh6WVZsMmVxZV9ySEhzV29WSmZ5eVRPcXI5MWpKR3pRNW8iLCJ5IjoiTFZOdjR4QmtXNVMyYS1uOU9HU2NoNzBLNmxYTl9UdTVNV3hucUVYQTF0RSJ9LCJhcHUiOiJRV3hwWTJVIiwiYXB2IjoiUW05aSJ9..lo085L_zf8CUls0Q.bFAdVv08pDsfbb6d1A.LAwNutSfxwmGrulNAZvqEw",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"rREbVdMqAOAExs2ou19KlaxK7qtZTtO5CHVJqbcRUKc\",\"y\":\"melzye0L2jSwLRM9o0mVjS1dYjCHf5avvWf6XFJUhNk\",\"d\":\"wh-ly416o9BV3cD0zj_nyBZsoRtdiAjOizywD2tyqxY\"}")]
    [InlineData("eyJhbGciOiJFQ0RILUVTK0ExMjhLVyIsImVuYyI6IkExMjhHQ00iLCJlcGsiOnsia3R5IjoiRUMiLCJjcnYiOiJQLTI1NiIsIngiOiJlOVNobFVmUVpBeXZyTmhoVW9SOEc4YVdPX3ZqZ0N1QXRQTFhYRzJoQXFrIiwieSI6Ikw0djdjRDlvczJQTmxjelpyTkNVVXB4OXBrUDZkS2VqSy1xSVBXSUhMb2MifSwiYXB1IjoiUVd4cFkyVSIsImFwdiI6IlFtOWkifQ.iB-yvgxqYe5HHyWpYDMBBVW4OTXA13Lg.CIsfrrjREN-cda6s.BabNHorBy_FzQalaIA.MA-rzag6OqHwmqlRC26X8A",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"RCIjqekUQRruGDd7U5WgbqiBoR1jZs0j8h2nPIsnOHg\",\"y\":\"UgUxDiwft6xcpLZmNP6YiApk_Gp089PxU912BPt7Wzk\",\"d\":\"WPKsptZv_x6VZLmx3ITODP30zEGTXtlOJ_k4e_mZtJM\"}")]
    [InlineData("eyJhbGciOiJkXHUwMDY5ciIsImVuYyI6IkExMjhHQ00ifQ..HjYpEEuII1oLCHXh.9o8ZTLvx9JXxM50olw.uEtqWr-XDcZlvXhnzQrPEA",
        "{\"kty\":\"oct\",\"k\":\"RPc4RIyemmZx4qNAuvzlVA\"}")]
    public void A_token_of_each_algorithm_is_opened(string token, string key) => Assert.Equal(Text, Open(token, key));

    [Theory]
    [InlineData("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkExOTJDQkMtSFMzODQifQ.TdNmkjUOR2MLdPMsU6CxPbJfMzQ3MqjGKOdH3muemWPzlFBycq3F4bBJwCniYXrwPdgMZpwneXwH-6P9MEdXBjB_hRKaFTGccQB2_w7HRorXQLqesjKECOyIanWCxAx3lhtxxeGaxQaqq8yuRlONQ2TkP9mVhk6vpGt8IA_tUHD53utyuWgViQ9NdHPR-cc9lnidcrwAr1sYo8aC25Lye44GQoKcOI090CoEGJ4soCPZHcN2zYyhEinAZiPz_wji-41PAqC-U1MijgeZlQSq2xxPP80UWhliSgampjhEWAAPMSNnKQDzgwdM3VkoxCP0RSmDLgGYy5G294dKojOEag.1Sap44iXuZzAHv_8ugkdPA.uD7BVFdcJy7N3PfadQTYIQ.dUGrGoV-_HKjRqWX96pZHpunzSpsaTwZ")]
    [InlineData("eyJhbGciOiJSU0EtT0FFUC0yNTYiLCJlbmMiOiJBMjU2R0NNIn0.QbfDGTapYQLG9iWlnL4cf__cEtjoEqQEg9mCrd04rTtBCRhnRl8tgBjbD1pDH-ykvI6xrfqQJ8OomYeu3TxLCPdlB_wrXOjeHkyTsjKqxQT1vSZKnCONxkpelBi0YgBkrGLGWWHjdj54ezCZShGBb0XKYWBCd7qwEhnSzEL7kGlFZkEF1h0VKMPFWFFkOoUiuaK_gmcV7KfEQ22dWW8Fhu8iVn93TOfGbtZjgAcxJP4gbH_z7Xg60NpvCVxIGSTu4gjkUUticexI-oYK-WOF3ve5-8toOunOvnZH_2Z1jNdWMeFao7lIGFkfJv0Ovf7L4Sr9k6-J-CaB74DNQxCAVg.arOrjgVhJS1Qn4Zc.Nod_QAOFjOWyfo_-uw.V-fekwCI_LZqFCLtNBbs0Q")]
    public void A_token_of_RSA_is_opened_by_its_key_alone(string token)
    {
        Assert.Equal(Text, Open(token, RsaKey));
        Assert.Equal("-", Open(token, RfcRsaKey));
        Assert.Equal("-", Open(token.Replace(".A", ".B", StringComparison.Ordinal).Replace("e", "f", StringComparison.Ordinal), RsaKey));
    }

    [Fact]
    public void RSA1_5_is_used_only_where_it_is_allowed()
    {
        const string token = "eyJhbGciOiJSU0ExXzUiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.eYWbR_cntJuQO8Y6j3cRfBD1TNK9CphoUD6xZRVyA4j8zz8VD_pWeYcdAUEn6pL6d2c-pgAvRMNSajgBGwz7bMD-Qb6HPCaYP0gOzzxzTePAwye-UWCfUq1bUfjwWaAua_OGqplp1_LuG_vSYTREk-F6FPyX1OaYwquMYWB03sgsxxBdHKSqoLbNwHYj0rXrGNvExMPI2Wo22BnHqad9GMChIqGdNRA8rvKLTt7QBXGnw2LibZqIOSTHNGeM4wFQQ_Tbt2bs2xEBzci6pLr8AC8L-ghmPzIBSdJxHUz9jtVf6aNLCbjpkke_9wgloFbosgMyjAM4OOQbqHfK26xNgQ.9xzVR9AZSqSrYQNfjIYsoA.c-uwN6FPbcR1WRu4z5WjwA.rOpJO4pZ7HeqolPDe8AtRQ";
        Assert.Equal("-", Open(token, RsaKey));
        TokenAlgorithmsAllowed all = new(static _ => true, static _ => true);
        Assert.Equal(Text, Open(token, RsaKey, all));
        string[] parts = token.Split('.');
        parts[1] = (parts[1][0] == 'A' ? 'B' : 'A') + parts[1][1..];
        Assert.Equal("-", Open(string.Join('.', parts), RsaKey, all));
    }

    [Theory]
    [InlineData("A128KW", "", "-")]
    [InlineData("", "A128CBC-HS256", "-")]
    [InlineData("dir", "A128GCM", "Live long and prosper.")]
    public void An_algorithm_that_is_taken_away_opens_nothing(string key, string content, string expected) => Assert.Equal(
        expected,
        EvaluatedText.Of(
            $"str({RfcToken}),jwt_decrypt_secret(GawgguFyGrWKav7AX4VKUg==)", new TokenAlgorithmsAllowed(name => name != key, name => name != content)));

    [Theory]
    [InlineData("eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4R0NNIn0.TqevSMtnKRL0ZFDuGFGBWiDNLIXI1XDo.z1BO2V7xa2V_tDCH.CHUgRsQJbm6oYAVWTA.Aq8ejHow1eYVDeN9RW8a0A",
        "{\"kty\":\"oct\",\"k\":\"F3Iwb-G87LL4DbbNa1Gx_g\"}")] // bad tag
    [InlineData("eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4R0NNIn0.AqevSMtnKRL0ZFDuGFGBWiDNLIXI1XDo.z1BO2V7xa2V_tDCH.CHUgRsQJbm6oYAVWTA.Oq8ejHow1eYVDeN9RW8a0A",
        "{\"kty\":\"oct\",\"k\":\"F3Iwb-G87LL4DbbNa1Gx_g\"}")] // bad key part
    [InlineData("eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4R0NNIn0.TqevSMtnKRL0ZFDuGFGBWiDNLIXI1XDo.z1BO2V7xa2V_tDCH.CHUgRsQJbm6oYAVWTA.",
        "{\"kty\":\"oct\",\"k\":\"F3Iwb-G87LL4DbbNa1Gx_g\"}")] // no tag
    [InlineData("eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4R0NNIn0.TqevSMtnKRL0ZFDuGFGBWiDNLIXI1XDo.z1BO2V7xa2V_tDCH.CHUgRsQJbm6oYAVWTA.Oq8ejHow1eY",
        "{\"kty\":\"oct\",\"k\":\"F3Iwb-G87LL4DbbNa1Gx_g\"}")] // short tag
    [InlineData("eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4R0NNIn0.TqevSMtnKRL0ZFDuGFGBWiDNLIXI1XDo.z1BO2V7xa2V_tDCH.CHUgRsQJbm6oYAVWTA",
        "{\"kty\":\"oct\",\"k\":\"F3Iwb-G87LL4DbbNa1Gx_g\"}")] // 4 parts
    [InlineData("eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4R0NNIn0.TqevSMtnKRL0ZFDuGFGBWiDNLIXI1XDo.z1BO2V7xa2V_tDCH.CHUgRsQJbm6oYAVWTA.Oq8ejHow1eYVDeN9RW8a0A.x",
        "{\"kty\":\"oct\",\"k\":\"F3Iwb-G87LL4DbbNa1Gx_g\"}")] // 6 parts
    [InlineData("eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4R0NNIn0.TqevSMtnKRL0ZFDuGFGBWiDNLIXI1XDo..CHUgRsQJbm6oYAVWTA.Oq8ejHow1eYVDeN9RW8a0A",
        "{\"kty\":\"oct\",\"k\":\"F3Iwb-G87LL4DbbNa1Gx_g\"}")] // no iv
    [InlineData("eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0.AAAA.z1BO2V7xa2V_tDCH.CHUgRsQJbm6oYAVWTA.Oq8ejHow1eYVDeN9RW8a0A",
        "{\"kty\":\"oct\",\"k\":\"F3Iwb-G87LL4DbbNa1Gx_g\"}")] // dir with ek
    [InlineData("eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIiwiemlwIjoiREVGIn0..T6BOXVC0jx99qRJY.XuHAXr86j3190SqTFw.MdAqfs9rJdhK7nnPswlsiQ",
        "{\"kty\":\"oct\",\"k\":\"8Tdf-TS9ZIr5FkOt1-CT1w\"}")] // zip
    [InlineData("eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIiwiY3JpdCI6WyJleHAiXSwiZXhwIjoxfQ..wgW-OqSqQBFgaQp2.NGNB16P_Mfe0DYeO6A.jGdATWMc194VnZ8oiOZT-g",
        "{\"kty\":\"oct\",\"k\":\"G9rZYk2_PTmL4cuCCsjHXw\"}")] // crit
    [InlineData("eyJhbGciOiJQQkVTMi1IUzI1NitBMTI4S1ciLCJlbmMiOiJBMTI4R0NNIn0..UZWOmSxo4Y8CHpJ0.sTb8P9bCEWHPL8BdFw.o-MrdGkWMEx50CjDy_K2WA",
        "{\"kty\":\"oct\",\"k\":\"LOh6XWegrQ1DrL4hJAs9GQ\"}")] // pbes2
    public void What_is_not_as_its_sender_made_it_is_not_opened(string token, string key) => Assert.Equal("-", Open(token, key));

    [Theory]
    [InlineData("", "Missing key type (expected 'oct', 'RSA' or 'EC')")]
    [InlineData("{\"kty\":\"oct\"}", "Missing 'k' field in JWK")]
    [InlineData("{\"kty\":\"foo\"}", "Unmanaged key type (expected 'oct', 'RSA' or 'EC')")]
    [InlineData("{\"kty\":\"RSA\",\"n\":\"aa\"}", "Failed to parse RSA JWK")]
    [InlineData("{\"kty\":\"EC\",\"crv\":\"P-999\",\"x\":\"aa\",\"y\":\"aa\",\"d\":\"aa\"}", "Failed to parse EC JWK")]
    public void A_key_that_is_none_is_an_error(string key, string problem)
    {
        Assert.Equal($"ERROR: invalid args in converter 'jwt_decrypt_jwk' : {problem}", EvaluatedText.Of($"str(a.b.c.d.e),jwt_decrypt_jwk('{key}')"));
        Assert.Equal("-", Open(RfcToken, key));
    }

    /// <summary>A number of the key that was cut: a library could do without it, and the key is wrong all the same.</summary>
    [Theory]
    [InlineData("d", "kLdtIj6G")]
    [InlineData("p", "1r52Xk46")]
    [InlineData("q", "wLb35x7h")]
    [InlineData("dp", "ZK-YwE7d")]
    [InlineData("dq", "Dq0gfgJ1")]
    [InlineData("qi", "VIMpMYbP")]
    public void A_key_of_RSA_with_a_wrong_number_is_none(string name, string beginning)
    {
        char other = beginning[^1] == 'A' ? 'B' : 'A';
        string key = RfcRsaKey.Replace($"\"{name}\":\"{beginning}", $"\"{name}\":\"{beginning[..^1]}{other}", StringComparison.Ordinal);
        Assert.NotEqual(RfcRsaKey, key);
        Assert.Equal("-", Open(RfcRsaToken, key));
    }

    private static string Open(string token, string key, TokenAlgorithmsAllowed? allowed = null)
    {
        string quoted = key.Trim();
        string constant = EvaluatedText.Of($"str({token}),jwt_decrypt_jwk('{quoted}')", allowed ?? TokenAlgorithmsAllowed.Default);
        string given = quoted.Length == 0
            ? "-"
            : EvaluatedText.Of($"str({token}),jwt_decrypt_jwk(txn.key)", allowed ?? TokenAlgorithmsAllowed.Default, ("txn.key", $"str('{quoted}')"));
        if (constant.StartsWith("ERROR", StringComparison.Ordinal)) return given;
        return constant == given ? given : $"constant '{constant}', in a variable '{given}'";
    }
}
