package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/big"
	"net"
	"time"
)

type tlsFlags struct{ mode, cert, key string }

// config is nil for plain http.
func (f tlsFlags) config() (*tls.Config, error) {
	switch {
	case f.mode != "" && (f.cert != "" || f.key != ""):
		return nil, errors.New("--tls self-signed and --tls-cert contradict each other: use one of them")
	case f.mode == "self-signed":
		return selfSigned(now())
	case f.mode != "":
		return nil, fmt.Errorf("--tls %q is not known; use self-signed, or --tls-cert and --tls-key", f.mode)
	case (f.cert == "") != (f.key == ""):
		return nil, errors.New("--tls-cert and --tls-key need each other")
	case f.cert == "":
		return nil, nil
	}
	cert, err := tls.LoadX509KeyPair(f.cert, f.key)
	if err != nil {
		return nil, fmt.Errorf("--tls-cert %s, --tls-key %s: %w", f.cert, f.key, err)
	}
	return &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}, nil
}

func selfSigned(from time.Time) (*tls.Config, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), chance())
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(from.UnixNano()),
		Subject:      pkix.Name{CommonName: "Tenantry"},
		NotBefore:    from.Add(-time.Hour), NotAfter: from.Add(certificateLife),
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(chance(), template, template, &key.PublicKey, key)
	if err != nil {
		return nil, fmt.Errorf("make a certificate: %w", err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}, nil
}
