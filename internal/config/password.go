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

// maxPassword bounds a password, in bytes.
const maxPassword = 4096

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
	line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
	if line == "" {
		return models.Secret{}, errors.New("its first line is empty")
	}
	return models.NewSecret(line), nil
}
