// Package password makes passwords that can be read aloud ([Make]), spells them
// for the telephone ([Phonetic]), and holds typed ones against a domain's policy
// ([Check]).
package password

import (
	"crypto/rand"
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"

	"dirdesk/internal/english"
	"dirdesk/models"
)

const (
	// madeGroups of three syllables are in a made password at least, and two
	// digits behind them.
	madeGroups = 3
	// groupLength is how long one is with what follows it, in characters.
	groupLength = 7
	// madeTries bounds the draws until one fits the policy and the names.
	madeTries = 100
	// Letters, digits and symbols that nobody mistakes for another, and that every
	// keyboard has at hand.
	madeConsonants = "bdfghjkmnprstvwz"
	madeVowels     = "aeou"
	madeDigits     = "23456789"
	madeSymbols    = "-+=.#"
)

// Make makes a password that can be read aloud and that the policy accepts:
// "Bakudo-Refapa-Tuveso-29". avoid are the names that must not be part of it: the
// logon name, then the display name.
//
// Nine syllables of 64, two of eight digits and one of five symbols are 62 bits:
// too many to be guessed also from a stolen hash, as over DSM nobody can be made
// to change it.
func Make(policy models.PasswordPolicy, avoid ...string) (models.Secret, error) {
	strict := policy
	strict.Known, strict.Complexity = true, true
	for range madeTries {
		text, err := drawPassword(policy.MinLength)
		if err != nil {
			return models.Secret{}, err
		}
		made := models.NewSecret(text)
		if len(Check(strict, made, avoid...)) == 0 {
			return made, nil
		}
	}
	return models.Secret{}, &models.Error{
		Kind: models.ErrPolicy, Action: "make a password", Advice: "No made password fits the domain's rules. Type one.",
	}
}

// drawPassword draws one of at least length characters.
func drawPassword(length int) (string, error) {
	separator, err := drawFrom(madeSymbols)
	if err != nil {
		return "", err
	}
	groups := max(madeGroups, (length-2+groupLength-1)/groupLength)
	var b strings.Builder
	for range groups {
		for i, letters := range []string{madeConsonants, madeVowels, madeConsonants, madeVowels, madeConsonants, madeVowels} {
			letter, err := drawFrom(letters)
			if err != nil {
				return "", err
			}
			if i == 0 {
				letter = strings.ToUpper(letter)
			}
			b.WriteString(letter)
		}
		b.WriteString(separator)
	}
	for range 2 {
		digit, err := drawFrom(madeDigits)
		if err != nil {
			return "", err
		}
		b.WriteString(digit)
	}
	return b.String(), nil
}

// drawFrom draws one of some ASCII characters.
func drawFrom(characters string) (string, error) {
	i, err := draw(len(characters))
	if err != nil {
		return "", err
	}
	return characters[i : i+1], nil
}

func draw(n int) (int, error) {
	i, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		return 0, err
	}
	return int(i.Int64()), nil
}

// Phonetic spells a secret for the telephone, one word for each character:
// "Tango (capital)", "alfa", "seven", "hyphen". Letters are in the alphabet of
// the ICAO.
func Phonetic(s models.Secret) []string {
	text := s.Reveal()
	spelled := make([]string, 0, utf8.RuneCountInString(text))
	for _, r := range text {
		spelled = append(spelled, phoneticOf(r))
	}
	return spelled
}

func phoneticOf(r rune) string {
	letters := strings.Fields(phoneticLetters)
	switch {
	case r >= 'a' && r <= 'z':
		return letters[r-'a']
	case r >= 'A' && r <= 'Z':
		return english.Own(letters[r-'A']).Capital() + " (capital)"
	case r >= '0' && r <= '9':
		return strings.Fields(phoneticDigits)[r-'0']
	}
	if name := symbolName(r); name != "" {
		return name
	}
	if unicode.IsUpper(r) {
		return string(r) + " (capital)"
	}
	return string(r)
}

const (
	phoneticLetters = `alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november
		oscar papa quebec romeo sierra tango uniform victor whiskey x-ray yankee zulu`
	phoneticDigits = "zero one two three four five six seven eight nine"
)

// symbolName is what a symbol is called; "" for one without a name here.
func symbolName(r rune) string {
	const symbols = ` !"#$%&'()*+,-./:;<=>?@[\]^_` + "`{|}~"
	names := []string{
		"space", "exclamation mark", "double quote", "hash", "dollar", "percent", "ampersand", "apostrophe",
		"open bracket", "close bracket", "asterisk", "plus", "comma", "hyphen", "dot", "slash", "colon", "semicolon",
		"less than", "equals", "greater than", "question mark", "at sign", "open square bracket", "backslash",
		"close square bracket", "caret", "underscore", "backtick", "open brace", "vertical bar", "close brace", "tilde",
	}
	if i := strings.IndexRune(symbols, r); i >= 0 {
		return names[i]
	}
	return ""
}
