package dsm

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5" // OpenSSL's old derivation of keys, which DSM uses
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// cipherKey is the parameter that carries an encrypted envelope, and
// cipherToken the one inside it with the server's time. The first is from
// client source, the second's spelling inferred.
const (
	cipherKey   = "__cIpHeRtExT"
	cipherToken = "__cIpHeRtOkEn"
)

// envelopes opens what clients encrypt for a sign-in without TLS, which some
// send over TLS as well. The key is made when it is first asked for: 4096 bits,
// as clients encrypt a passphrase of 501 bytes with it.
type envelopes struct {
	once sync.Once
	key  *rsa.PrivateKey
	err  error
}

func (e *envelopes) private() (*rsa.PrivateKey, error) {
	e.once.Do(func() { e.key, e.err = rsa.GenerateKey(rand.Reader, 4096) })
	return e.key, e.err
}

// encryptionInfo is SYNO.API.Encryption.getinfo (client source).
func (h *Handler) encryptionInfo(*call) (any, *failure) {
	key, err := h.envelopes.private()
	if err != nil {
		return nil, fail(codeUnknown)
	}
	return map[string]any{
		"cipherkey":   cipherKey,
		"ciphertoken": cipherToken,
		"public_key":  fmt.Sprintf("%X", key.N),
		"server_time": h.options.Now().Unix(),
	}, nil
}

// open puts the parameters of an encrypted envelope beside the others.
func (e *envelopes) open(f form) error {
	text, sent := f.get(cipherKey)
	if !sent {
		return nil
	}
	var parts struct{ RSA, AES []byte } // encoding/json reads base64 into bytes
	if err := json.Unmarshal([]byte(text), &parts); err != nil {
		return err
	}
	key, err := e.private()
	if err != nil {
		return err
	}
	//lint:ignore SA1019 it is what the protocol has, and the key protects nothing: TLS is around it
	passphrase, err := rsa.DecryptPKCS1v15(nil, key, parts.RSA)
	if err != nil {
		return err
	}
	plain, err := decryptSalted(passphrase, parts.AES)
	if err != nil {
		return err
	}
	f.addPairs(string(plain))
	return nil
}

var errEnvelope = errors.New("not an encrypted envelope")

// decryptSalted undoes "openssl enc -aes-256-cbc -md md5" with a salt.
func decryptSalted(passphrase, text []byte) ([]byte, error) {
	const head = len("Salted__") + 8
	if len(text) <= head || len(text)%aes.BlockSize != 0 || !strings.HasPrefix(string(text), "Salted__") {
		return nil, errEnvelope
	}
	salt, body := text[8:head], append([]byte{}, text[head:]...)
	var derived, last []byte
	for len(derived) < 32+aes.BlockSize {
		sum := md5.Sum(append(append(last, passphrase...), salt...))
		last = sum[:]
		derived = append(derived, last...)
	}
	block, err := aes.NewCipher(derived[:32])
	if err != nil {
		return nil, err
	}
	cipher.NewCBCDecrypter(block, derived[32:32+aes.BlockSize]).CryptBlocks(body, body)
	padding := int(body[len(body)-1])
	if padding < 1 || padding > aes.BlockSize || padding > len(body) {
		return nil, errEnvelope
	}
	return body[:len(body)-padding], nil
}
