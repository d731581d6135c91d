package config

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"dirdesk/internal/privatefile"
	"dirdesk/models"
)

// maxPassword and maxToken bound a password and an access token, in bytes.
const (
	maxPassword = 4096
	maxToken    = 64 << 10
)

// byteOrderMark is what some editors put before a text; it is no part of it.
const byteOrderMark = "\ufeff"

// ReadPasswordFile reads a password from a file: its first line, without the
// line's end. A file that its group or others can read is refused.
func ReadPasswordFile(path string) (models.Secret, error) {
	text, err := privatefile.Read(path, maxPassword)
	if err != nil {
		return models.Secret{}, fmt.Errorf("password file: %w", err)
	}
	secret, err := firstLine(strings.NewReader(string(text)))
	if err != nil {
		return models.Secret{}, fmt.Errorf("password file %s: %w", path, err)
	}
	return secret, nil
}

// ReadTokenFile reads an access token from a file that holds nothing else, but
// for white space around it. A file that its group or others can read is
// refused.
func ReadTokenFile(path string) (models.Secret, error) {
	text, err := privatefile.Read(path, maxToken)
	if err != nil {
		return models.Secret{}, fmt.Errorf("token file: %w", err)
	}
	token, err := ParseToken(string(text))
	if err != nil {
		return models.Secret{}, fmt.Errorf("token file %s: %w", path, err)
	}
	return token, nil
}

// ParseToken takes an access token as it was pasted or read. It goes into a
// header as it is, so it is one word of printable ASCII; the error does not
// repeat it.
func ParseToken(text string) (models.Secret, error) {
	text = strings.TrimSpace(strings.TrimPrefix(text, byteOrderMark))
	if text == "" {
		return models.Secret{}, errors.New("it holds no token")
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return models.Secret{}, errors.New("a token is one word without spaces and line breaks; this holds more than that")
	}
	return models.NewSecret(text), nil
}

// ReadPassword reads a password from a stream: its first line, without the
// line's end.
func ReadPassword(from io.Reader) (models.Secret, error) {
	return firstLine(io.LimitReader(from, maxPassword))
}

func firstLine(from io.Reader) (models.Secret, error) {
	line, err := bufio.NewReaderSize(from, maxPassword).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return models.Secret{}, err
	}
	line = strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(line, byteOrderMark), "\n"), "\r")
	if line == "" {
		return models.Secret{}, errors.New("its first line is empty")
	}
	return models.NewSecret(line), nil
}
