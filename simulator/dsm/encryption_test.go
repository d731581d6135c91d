package dsm_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"math/big"
	"testing"
)

// seal encrypts parameters as the Python library does for a login without TLS:
// a passphrase of 501 bytes under RSA, the rest under AES as OpenSSL salts it.
func seal(t *testing.T, modulus, plain string) string {
	t.Helper()
	n, ok := new(big.Int).SetString(modulus, 16)
	if !ok {
		t.Fatalf("modulus %q", modulus)
	}
	passphrase := bytes.Repeat([]byte("pass-phrase/"), 42)[:501]
	//lint:ignore SA1019 it is what the protocol has
	sealed, err := rsa.EncryptPKCS1v15(rand.Reader, &rsa.PublicKey{N: n, E: 0x10001}, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	salt := []byte("8 bytes!")
	var derived, last []byte
	for len(derived) < 48 {
		sum := md5.Sum(bytes.Join([][]byte{last, passphrase, salt}, nil))
		last = sum[:]
		derived = append(derived, last...)
	}
	block, err := aes.NewCipher(derived[:32])
	if err != nil {
		t.Fatal(err)
	}
	padding := 16 - len(plain)%16
	text := append([]byte(plain), bytes.Repeat([]byte{byte(padding)}, padding)...)
	cipher.NewCBCEncrypter(block, derived[32:48]).CryptBlocks(text, text)
	envelope, err := json.Marshal(map[string][]byte{"rsa": sealed, "aes": append(append([]byte("Salted__"), salt...), text...)})
	if err != nil {
		t.Fatal(err)
	}
	return string(envelope)
}

func TestEncryptedLogins(t *testing.T) {
	n := newNAS(t, nil)
	var info struct {
		CipherKey, CipherToken string
		PublicKey              string `json:"public_key"`
		ServerTime             int64  `json:"server_time"`
	}
	n.get("encryption.cgi", "api=SYNO.API.Encryption&version=1&method=getinfo&format=module").into(t, &info)
	if info.CipherKey == "" || info.CipherToken == "" || info.ServerTime != n.clock.Now().Unix() {
		t.Fatalf("%+v", info)
	}
	inside := form("account", "admin", "passwd", password, "session", "webui", "format", "sid", info.CipherToken, "1")
	envelope := seal(t, info.PublicKey, inside)
	login := []string{"api", "SYNO.API.Auth", "version", "6", "method", "login", info.CipherKey}
	if got := n.post("auth.cgi", append(login, envelope)...); !got.Success {
		t.Errorf("sealed: %s", got.raw)
	}
	for name, broken := range map[string]string{"no JSON": "x", "not for this key": `{"rsa":"AAAA","aes":"AAAA"}`} {
		if got := n.post("auth.cgi", append(login, broken)...); got.code() != 101 {
			t.Errorf("%s: %s", name, got.raw)
		}
	}
}
