package dsm

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"net/http"
)

// uiConfig is SYNO.API.Auth.UIConfig.get. The Python library calls it before
// each login of version 7 and gives up without the cookie _SSID, the server's
// X25519 key for a Noise handshake (client source). The handshake itself is
// optional and not done here: the login answers an empty ik_message, which was
// seen live.
func (h *Handler) uiConfig(c *call) (any, *failure) {
	cookie := http.Cookie{
		Name: "_SSID", Value: base64.RawURLEncoding.EncodeToString(h.noiseKey), Path: "/", HttpOnly: true, Secure: true,
	}
	c.request.header.Add("Set-Cookie", cookie.String())
	return map[string]any{}, nil
}

// newNoiseKey makes a public key that a client can compute with.
func newNoiseKey() []byte {
	key, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return make([]byte, 32) // cannot happen: the source of chance never fails
	}
	return key.PublicKey().Bytes()
}
