import vue from 'eslint-plugin-vue'
import typescript from 'typescript-eslint'

/** Template rules only: oxlint reads the scripts, but not what stands between the template tags. */
export default [
  { files: ['src/renderer/**/*.vue'] },
  ...vue.configs['flat/essential'],
  {
    files: ['src/renderer/**/*.vue'],
    languageOptions: { parserOptions: { parser: typescript.parser } },
    rules: {
      // A customer's name could be markup.
      'vue/no-v-html': 'error',
      'vue/no-v-text-v-html-on-component': 'error',
      'vue/require-explicit-emits': 'error',
      'vue/no-template-target-blank': 'error',
      'vue/html-button-has-type': 'error',
      // Widgets are named after what they show.
      'vue/multi-word-component-names': 'off',
    },
  },
]
