using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace LiveSkate.Server.Ingest;

/// <summary>The certificate that an external broker shows: taken if the machine trusts it, and if not, said why.</summary>
internal sealed class BrokerCertificate(string host)
{
    /// <summary>What is wrong with it, and what can be done; null while nothing is.</summary>
    public string? Complaint { get; private set; }

    public bool IsGood(SslPolicyErrors errors, X509Chain? chain)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        var said = (chain?.ChainStatus ?? []).Select(status => status.StatusInformation.Trim().TrimEnd('.')).Where(text => text.Length > 0).Distinct();
        Complaint = $"its certificate is not good ({string.Join("; ", said.Prepend($"{errors}"))}). Allowed with Mqtt:Tls: a certificate that names {host}, "
            + "of a CA that this machine trusts. A CA of the venue's own: update-ca-certificates, or its file in the environment as SSL_CERT_FILE";
        return false;
    }
}
